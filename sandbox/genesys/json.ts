/** Marks a value that is already what JSON carries, and that nobody can change. Not enumerable, so never sent. */
const finished = Symbol("finished");

/** A value as JSON carries it, deeply frozen: it may be handed out many times. */
export const frozenJson = <T extends object>(value: T): T => {
  const copy = JSON.parse(JSON.stringify(value)) as T;
  Object.defineProperty(copy, finished, { value: true });
  freeze(copy);
  return copy;
};

const freeze = (value: unknown): void => {
  if (typeof value !== "object" || value === null) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
};

/**
 * What arrives of a value that is sent as JSON: a copy of everything but what `frozenJson` made. The rows of a long
 * list are by far the most that is ever sent, and the same at every call.
 */
export const asJson = (value: unknown): unknown => {
  if (value === undefined) return undefined;
  if (typeof value === "object" && value !== null && "entities" in value && Array.isArray(value.entities)) {
    const { entities, ...rest } = value;
    return { ...(asJson(rest) as object), entities: entities.map((entity) => asJson(entity)) };
  }
  if (typeof value === "object" && value !== null && finished in value) return value;
  return JSON.parse(JSON.stringify(value));
};
