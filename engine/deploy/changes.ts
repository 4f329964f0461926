import type { PropertyChange } from "../model/events.ts";
import { isMap, type PropertyMap, type PropertyValue } from "../model/property.ts";
import { equal, isAsset, withoutSecrets } from "../wire/values.ts";

const isInternal = (key: string): boolean => key.startsWith("__");

const join = (path: string, key: string): string => {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
};

const kindOf = (
  old: PropertyValue | undefined,
  now: PropertyValue | undefined,
): "add" | "delete" | "update" => (old === undefined ? "add" : now === undefined ? "delete" : "update");

const compare = (
  path: string,
  old: PropertyValue | undefined,
  now: PropertyValue | undefined,
): [string, "add" | "delete" | "update"][] => {
  if (equal(old, now)) return [];
  if (isMap(old) && isMap(now) && !isAsset(old) && !isAsset(now))
    return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key) =>
      compare(join(path, key), old[key], now[key]),
    );
  if (Array.isArray(old) && Array.isArray(now))
    return Array.from({ length: Math.max(old.length, now.length) }, (_, i) => i).flatMap((i) =>
      compare(`${path}[${i}]`, old[i], now[i]),
    );
  return [[path, kindOf(old, now)]];
};

/**
 * The paths at which two property maps differ, secret or not. A change below one of `replaceKeys` replaces the
 * resource; a key that the provider names without a visible difference counts as updated.
 */
export const changesBetween = (
  old: PropertyMap,
  now: PropertyMap,
  replaceKeys: string[] = [],
  changedKeys: string[] = [],
): PropertyChange[] => {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => !isInternal(key));
  const plain = (value: PropertyValue | undefined) =>
    value === undefined ? undefined : withoutSecrets(value);
  const found = keys.flatMap((key) => compare(join("", key), plain(old[key]), plain(now[key])));
  for (const key of [...replaceKeys, ...changedKeys])
    if (!found.some(([path]) => isBelow(path, key))) found.push([key, "update"]);
  return found.map(([path, kind]) => ({
    path,
    kind: replaceKeys.some((key) => isBelow(path, key)) ? `${kind}-replace` : kind,
  }));
};

const isBelow = (path: string, key: string): boolean =>
  path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`);
