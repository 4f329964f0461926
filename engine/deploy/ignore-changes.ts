import { isMap, type PropertyMap, type PropertyValue } from "../model/property.ts";

type Segment = string | number;

/** `a.b[0]["c.d"]` and the wildcard `[*]`. https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/ */
export const parsePath = (path: string): Segment[] => {
  const segments: Segment[] = [];
  const pattern = /\.?([^.[\]]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\[(\*)\]/gy;
  while (pattern.lastIndex < path.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(path);
    if (match === null) throw new Error(`invalid property path ${path} at character ${at + 1}`);
    const [, name, index, quoted, wildcard] = match;
    segments.push(
      name ?? (index === undefined ? (quoted?.replaceAll('\\"', '"') ?? wildcard ?? "") : Number(index)),
    );
  }
  return segments;
};

const child = (value: PropertyValue | undefined, segment: Segment): PropertyValue | undefined => {
  if (Array.isArray(value)) return typeof segment === "number" ? value[segment] : undefined;
  return isMap(value) ? value[String(segment)] : undefined;
};

const keysOf = (value: PropertyValue | undefined): Segment[] =>
  Array.isArray(value) ? value.map((_, index) => index) : isMap(value) ? Object.keys(value) : [];

/** The value with what is at the path taken from `old`; undefined where the path cannot be followed. */
const reset = (
  [segment, ...rest]: Segment[],
  old: PropertyValue | undefined,
  now: PropertyValue | undefined,
): { value: PropertyValue | undefined } | undefined => {
  if (segment === undefined) return { value: old };
  if (segment === "*") {
    const keys = keysOf(now);
    if (!sameKeys(keys, keysOf(old))) return undefined;
    let value = now;
    for (const key of keys) {
      const changed = reset([key, ...rest], old, value);
      if (changed === undefined) return undefined;
      value = changed.value;
    }
    return { value };
  }
  const inner = reset(rest, child(old, segment), child(now, segment));
  if (inner === undefined) return undefined;
  if (Array.isArray(now)) {
    if (typeof segment !== "number" || segment >= now.length || inner.value === undefined) return undefined;
    return { value: now.with(segment, inner.value) };
  }
  if (!isMap(now)) return inner.value === undefined && now === undefined ? { value: now } : undefined;
  const { [String(segment)]: _, ...others } = now;
  return { value: inner.value === undefined ? others : { ...now, [String(segment)]: inner.value } };
};

const sameKeys = (left: Segment[], right: Segment[]): boolean =>
  left.length === right.length && left.every((key) => right.includes(key));

/**
 * The inputs with those of the last deployment in place of the ignored ones.
 *
 * @returns `unfollowed`: the paths that exist on one side only, inside an array or a value that is no map
 */
export const ignoreChanges = (
  inputs: PropertyMap,
  oldInputs: PropertyMap,
  paths: string[],
): { inputs: PropertyMap; unfollowed: string[] } => {
  let result = inputs;
  const unfollowed: string[] = [];
  for (const path of paths) {
    const changed = reset(parsePath(path), oldInputs, result);
    if (changed !== undefined && isMap(changed.value)) result = changed.value;
    else unfollowed.push(path);
  }
  return { inputs: result, unfollowed };
};
