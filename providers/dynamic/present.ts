/** T without the properties that are undefined. */
export type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The value without the properties that are undefined or null, at any depth; elements of lists stay. The wire
 * between engine and host knows no undefined.
 */
export const present = <T>(value: T): Present<T> => {
  if (Array.isArray(value)) return value.map((each) => present(each)) as Present<T>;
  if (!isObject(value)) return value as Present<T>;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined && each !== null)
      .map(([key, each]) => [key, present(each)]),
  ) as Present<T>;
};
