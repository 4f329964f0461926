import * as v from "valibot";

/** What several schemas are made of. Every rule says what is right; `problems.ts` adds where, what was found, and an example. */

export const text = v.pipe(v.string("must be a text"), v.trim(), v.nonEmpty("must not be empty"));

export const texts = v.array(text, "must be a list of texts");

export const flag = v.boolean("must be true or false");

export const id = v.pipe(
  v.string("must be a text"),
  v.regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,62}$/,
    "must start with a letter and hold only letters, digits, - and _ (63 at most): it is the resource's name in the stack",
  ),
);

const whole = (message: string, minimum: number, maximum: number) =>
  v.pipe(v.number(message), v.integer(message), v.minValue(minimum, message), v.maxValue(maximum, message));

/** A whole number of `unit`, such as `seconds`. */
export const wholeNumber = (unit: string, minimum: number, maximum: number) =>
  whole(`must be a whole number of ${unit} from ${minimum} to ${maximum}`, minimum, maximum);

export const count = whole("must be a whole number, 0 or more", 0, Number.MAX_SAFE_INTEGER);

export const positive = whole("must be a whole number, 1 or more", 1, Number.MAX_SAFE_INTEGER);

export const awsAccountId = v.pipe(
  text,
  v.regex(/^\d{12}$/, "must be the 12 digits of an AWS account, in quotes"),
);

export const awsRegion = v.pipe(text, v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be an AWS region"));
