import { isDeepStrictEqual } from "node:util";
import { holdsUnknown } from "./check.ts";

/** Whether an old and a new value mean the same. Neither holds an unknown value. */
export type Comparator = (old: unknown, now: unknown) => boolean;

/** One comparator for every input, so that none is forgotten. */
export type Comparators<Inputs> = { readonly [K in keyof Required<Inputs>]: Comparator };

/** Equal values; undefined and null are one. */
export const exact: Comparator = (old, now) => isDeepStrictEqual(old ?? undefined, now ?? undefined);

/** Never a change: what matters when the object is made, and not after. */
export const ignored: Comparator = () => true;

/** Equal after `normalise`; an absent value comes to it as undefined. */
export const normalised =
  (normalise: (value: unknown) => unknown): Comparator =>
  (old, now) =>
    isDeepStrictEqual(normalise(old ?? undefined), normalise(now ?? undefined));

/** A text that is equal for equal values, whatever the order of their keys: the engine does not keep it. */
const canonicalText = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );

/** Lists with the same elements, in any order and number; an absent list is an empty one. */
export const unordered = (normalise: (element: unknown) => unknown = (element) => element): Comparator =>
  normalised((value) => {
    const texts = Array.isArray(value) ? value.map((each) => canonicalText(normalise(each))) : [];
    return [...new Set(texts)].sort();
  });

/**
 * The inputs that differ from those of the last deployment. An unknown value may turn out to be anything, so it
 * counts as a change, except where a change would be ignored.
 */
export const changedProperties = <Inputs extends object>(
  olds: object,
  news: Inputs,
  comparators: Comparators<Inputs>,
): (keyof Inputs & string)[] => {
  const old = olds as Record<string, unknown>;
  const now = news as Record<string, unknown>;
  return (Object.keys(comparators) as (keyof Inputs & string)[]).filter((property) => {
    const same = comparators[property];
    if (same === ignored) return false;
    return holdsUnknown(now[property]) || !same(old[property], now[property]);
  });
};
