/** What a record from the ledger is taken apart with: nothing in it is trusted. */
export type Fields = Readonly<Record<string, unknown>>;

export type Is<T> = (value: unknown) => value is T;

export const isFields: Is<Fields> = (value): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isText: Is<string> = (value): value is string => typeof value === "string" && value !== "";

/** Milliseconds since 1970. */
export const isTime: Is<number> = (value): value is number =>
  typeof value === "number" && Number.isFinite(value) && value >= 0;

export const isCount: Is<number> = (value): value is number => isTime(value) && Number.isInteger(value);

export const isFlag: Is<boolean> = (value): value is boolean => typeof value === "boolean";

export const isOneOf =
  <T extends string>(words: readonly T[]): Is<T> =>
  (value): value is T =>
    words.some((word) => word === value);

/** Each field is there, or may be missing, as `optional` says, and is what it should be. */
export const hasShape = <T>(
  needed: Readonly<Record<string, (value: unknown) => boolean>>,
  optional: Readonly<Record<string, (value: unknown) => boolean>> = {},
): Is<T> => {
  const checks = Object.entries(needed);
  const further = Object.entries(optional);
  return (value): value is T =>
    isFields(value) &&
    checks.every(([name, is]) => is(value[name])) &&
    further.every(([name, is]) => value[name] === undefined || is(value[name]));
};

/** The fields that are what they should be; the rest is left out. */
export const soundFields = (
  value: Fields,
  shape: Readonly<Record<string, (value: unknown) => boolean>>,
): { sound: Fields; isWhole: boolean } => {
  const present = Object.entries(shape).filter(([name]) => value[name] !== undefined);
  const sound = present.filter(([name, is]) => is(value[name]));
  return {
    sound: Object.fromEntries(sound.map(([name]) => [name, value[name]])),
    isWhole: sound.length === present.length,
  };
};
