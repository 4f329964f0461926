import { badRequest, invalidValue } from "./errors.ts";
import type { Fields } from "./fields.ts";

/** Milliseconds since 1970, the end excluded. */
export interface Interval {
  from: number;
  to: number;
}

const day = 24 * 3600 * 1000;

/** The field `interval`, two ISO 8601 times with a slash between. */
export const readInterval = (fields: Fields, maximumDays: number): Interval => {
  const text = fields.requiredString("interval");
  const [from = Number.NaN, to = Number.NaN, ...rest] = text.split("/").map((part) => Date.parse(part));
  if (rest.length > 0 || Number.isNaN(from) || Number.isNaN(to) || to <= from) {
    throw invalidValue("interval", text, "YYYY-MM-DDThh:mm:ssZ/YYYY-MM-DDThh:mm:ssZ");
  }
  if (to - from > maximumDays * day)
    throw badRequest(`The interval must not be longer than ${maximumDays} days.`);
  return { from, to };
};
