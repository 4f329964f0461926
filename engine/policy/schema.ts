import { isIPv4, isIPv6 } from "node:net";
import { isMap, type PropertyMap, type PropertyValue } from "../model/property.ts";
import { equal } from "../wire/values.ts";

const typeOf = (value: PropertyValue): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
};

const annotations = ["title", "description", "default", "examples", "$comment"];

/** A rule of JSON Schema: what is wrong with the value, or undefined. */
type Rule = (limit: PropertyValue, value: PropertyValue) => string | undefined;

const ifNumber =
  (holds: (value: number, limit: number) => boolean, words: string): Rule =>
  (limit, value) =>
    typeof value !== "number" || holds(value, Number(limit)) ? undefined : `must be ${words} ${limit}`;

const ifLength =
  (type: "string" | "array", holds: (length: number, limit: number) => boolean, words: string): Rule =>
  (limit, value) =>
    typeOf(value) !== type || holds((value as string | PropertyValue[]).length, Number(limit))
      ? undefined
      : `must have ${words} ${limit} ${type === "array" ? "items" : "characters"}`;

const rules: Readonly<Record<string, Rule>> = {
  type: (limit, value) => {
    const allowed = Array.isArray(limit) ? limit : [limit];
    const type = typeOf(value);
    const fits = allowed.includes(type) || (type === "integer" && allowed.includes("number"));
    return fits ? undefined : `must be of type ${allowed.join(" or ")}, not ${type}`;
  },
  enum: (limit, value) =>
    Array.isArray(limit) && limit.some((choice) => equal(choice, value))
      ? undefined
      : `must be one of ${JSON.stringify(limit)}`,
  const: (limit, value) => (equal(limit, value) ? undefined : `must be ${JSON.stringify(limit)}`),
  minimum: ifNumber((value, limit) => value >= limit, "at least"),
  maximum: ifNumber((value, limit) => value <= limit, "at most"),
  exclusiveMinimum: ifNumber((value, limit) => value > limit, "more than"),
  exclusiveMaximum: ifNumber((value, limit) => value < limit, "less than"),
  multipleOf: ifNumber((value, limit) => value % limit === 0, "a multiple of"),
  minLength: ifLength("string", (length, limit) => length >= limit, "at least"),
  maxLength: ifLength("string", (length, limit) => length <= limit, "at most"),
  minItems: ifLength("array", (length, limit) => length >= limit, "at least"),
  maxItems: ifLength("array", (length, limit) => length <= limit, "at most"),
  uniqueItems: (limit, value) =>
    limit === true &&
    Array.isArray(value) &&
    value.some((item, i) => value.slice(0, i).some((other) => equal(item, other)))
      ? "must not repeat an item"
      : undefined,
  format: (limit, value) => {
    const matches = formats[String(limit)];
    if (matches === undefined) return `has a schema with the format ${limit}, which guard cannot check`;
    return typeof value !== "string" || matches(value) ? undefined : `must be of the format ${limit}`;
  },
  pattern: (limit, value) =>
    typeof value === "string" && !new RegExp(String(limit), "u").test(value)
      ? `must match ${limit}`
      : undefined,
};

const formats: Readonly<Record<string, (text: string) => boolean>> = {
  regex: (text) => {
    try {
      return new RegExp(text) instanceof RegExp;
    } catch {
      return false;
    }
  },
  ipv4: isIPv4,
  ipv6: isIPv6,
};

const structural = ["properties", "required", "items", "additionalProperties"];

/**
 * What a value violates of the part of JSON Schema that policy packs can use. A keyword beyond that is a
 * violation too: it would otherwise not be enforced.
 */
export const violations = (schema: PropertyMap, value: PropertyValue, path: string): string[] => {
  const here = path === "" ? "" : `${path} `;
  const found: string[] = [];
  for (const [keyword, limit] of Object.entries(schema)) {
    const problem = rules[keyword]?.(limit, value);
    if (problem !== undefined) found.push(`${here}${problem}`);
    if (!(keyword in rules) && !structural.includes(keyword) && !annotations.includes(keyword))
      found.push(`${here}has a schema with ${keyword}, which guard cannot check`);
  }
  return [...found, ...inside(schema, value, path)];
};

const inside = (schema: PropertyMap, value: PropertyValue, path: string): string[] => {
  if (Array.isArray(value)) {
    const { items } = schema;
    return isMap(items) ? value.flatMap((item, index) => violations(items, item, `${path}[${index}]`)) : [];
  }
  if (!isMap(value)) return [];
  const found: string[] = [];
  const below = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const { properties, required, additionalProperties } = schema;
  for (const name of Array.isArray(required) ? required : [])
    if (value[String(name)] === undefined) found.push(`${below(String(name))} is required`);
  for (const [name, item] of Object.entries(value)) {
    const known = isMap(properties) ? properties[name] : undefined;
    if (isMap(known)) found.push(...violations(known, item, below(name)));
    else if (additionalProperties === false) found.push(`${below(name)} is not known`);
    else if (isMap(additionalProperties)) found.push(...violations(additionalProperties, item, below(name)));
  }
  return found;
};
