/**
 * Inputs of a resource arrive as the program wrote them, whatever their shape. A policy that throws stops the whole
 * deployment, so nothing here does; the exception is an unknown value, which throws when it is read, and which the
 * SDK turns into an advisory message.
 */
export type Inputs = Readonly<Record<string, unknown>>;

/** Absent and null are the same to a program; an empty text or list gives nothing either. */
export const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);

export const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const isInputs = (value: unknown): value is Inputs =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One property of a nested object; undefined if there is no such object. */
export const property = (value: unknown, name: string): unknown =>
  isInputs(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/**
 * Runs all checks even if a value that one of them needs is unknown, and throws for the first of those afterwards:
 * what is known is judged in full.
 */
export const judgeEach = (checks: readonly (() => void)[]): void => {
  const unknown: unknown[] = [];
  for (const check of checks)
    try {
      check();
    } catch (error) {
      unknown.push(error);
    }
  if (unknown.length > 0) throw unknown[0];
};

/** Judges every element of a list, as `judgeEach` does; what is no list has none. */
export const judgeElements = (value: unknown, judge: (element: unknown, index: number) => void): void => {
  const elements: readonly unknown[] = Array.isArray(value) ? value : [];
  judgeEach(Array.from({ length: elements.length }, (_, index) => () => judge(elements[index], index)));
};
