import { isMap, type PropertyValue } from "../model/property.ts";

/**
 * The members that a property path names: `a.b[0]["c.d"]` is a, b, 0, c.d.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/property_path.go
 */
export const parsePath = (path: string): string[] =>
  (path.match(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]|[^.[\]]+/g) ?? []).map((part) => {
    if (part.startsWith('["')) return part.slice(2, -2).replace(/\\(.)/g, "$1");
    return part.startsWith("[") ? part.slice(1, -1) : part;
  });

/** `undefined` if there is nothing at the path. */
export const valueAt = (value: PropertyValue | undefined, path: string): PropertyValue | undefined => {
  let found = value;
  for (const member of parsePath(path)) {
    if (Array.isArray(found)) found = found[Number(member)];
    else if (isMap(found) && Object.hasOwn(found, member)) found = found[member];
    else return undefined;
  }
  return found;
};
