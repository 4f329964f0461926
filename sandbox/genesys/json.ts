/** Marks a value that is already what JSON carries, and that nobody can change. Not enumerable, so never sent. */
const finished = Symbol("finished");

/** A value as JSON carries it, deeply frozen: it may be handed out many times. */
export const frozenJson = <T extends object>(value: T): T => {
  const copy = asJson(value) as T;
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
 * What arrives of a value that is sent as JSON: `JSON.parse(JSON.stringify(value))` without the text between, and
 * without a copy of what `frozenJson` made. The rows of a long list are by far the most that is ever sent, and the
 * same at every call.
 */
export const asJson = (value: unknown): unknown => {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      // JSON knows neither these nor a negative zero.
      return Number.isFinite(value) ? value + 0 : null;
    case "object":
      return value === null ? null : ofObject(value);
    default:
      return undefined;
  }
};

const ofObject = (value: object): unknown => {
  if (finished in value) return value;
  if (Array.isArray(value)) return value.map((item) => asJson(item) ?? null);
  // What has its own idea of itself, or a name that an assignment would not make, takes the long way.
  if ("toJSON" in value || Object.hasOwn(value, "__proto__")) return JSON.parse(JSON.stringify(value));
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const arrived = asJson((value as Record<string, unknown>)[name]);
    if (arrived !== undefined) copy[name] = arrived;
  }
  return copy;
};
