import { isYamlMap, type YamlMap, type YamlValue } from "./yaml.ts";

export type ConfigType = "string" | "integer" | "boolean" | "array" | "object";

export interface ConfigItems {
  type: ConfigType;
  items?: ConfigItems;
}

/** One key under `config:` in Pulumi.yaml. */
export interface ConfigDeclaration {
  /** `namespace:name`. */
  key: string;
  /** Only keys of the project's own namespace can have a type, and are required if nothing gives a value. */
  own: boolean;
  type?: ConfigType;
  items?: ConfigItems;
  description?: string;
  /** Used where a stack gives no value. */
  default?: YamlValue;
  /** As `default`, for keys of other namespaces. */
  value?: YamlValue;
  /** A stack's value must be encrypted. */
  secret: boolean;
}

const types: readonly string[] = ["string", "integer", "boolean", "array", "object"];
const attributes = ["type", "items", "description", "default", "value", "secret"];

const isType = (value: YamlValue | undefined): value is ConfigType =>
  typeof value === "string" && types.includes(value);

/**
 * Reads the typed configuration of a project and notes every mistake in `problems`.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/workspace/project.go (`RewriteShorthandConfigValues`,
 * `Project.Validate`)
 */
export const parseDeclarations = (
  project: string,
  config: YamlMap,
  problems: string[],
): ReadonlyMap<string, ConfigDeclaration> => {
  const declarations = new Map<string, ConfigDeclaration>();
  for (const [name, raw] of Object.entries(config)) {
    const key = parseConfigKey(project, name);
    if (key === undefined) {
      problems.push(`config.${name}: a key is NAME or NAMESPACE:NAME`);
    } else if (/[.[\]"]/.test(key)) {
      problems.push(
        `config.${name}: a key that is a path into an object is not supported; declare the whole object`,
      );
    } else {
      const declaration = parseDeclaration(key, key.startsWith(`${project}:`), raw, problems);
      if (declaration !== undefined) declarations.set(key, declaration);
    }
  }
  return declarations;
};

/** Adds the project's namespace, and drops the `config:` that keys once had in their middle. */
export const parseConfigKey = (project: string, name: string): string | undefined => {
  const parts = name.split(":");
  if (parts.length === 1) return `${project}:${name}`;
  if (parts.length === 2) return name;
  return parts.length === 3 && parts[1] === "config" ? `${parts[0]}:${parts[2]}` : undefined;
};

const parseDeclaration = (
  key: string,
  own: boolean,
  raw: YamlValue,
  problems: string[],
): ConfigDeclaration | undefined => {
  const wrong = (message: string) => {
    problems.push(`config.${key}: ${message}`);
    return undefined;
  };
  if (raw === null || typeof raw === "number")
    return wrong("write a default value or { type, description, ... }");
  if (!isYamlMap(raw))
    return own ? { key, own, default: raw, secret: false } : { key, own, value: raw, secret: false };

  const unknown = Object.keys(raw).filter((attribute) => !attributes.includes(attribute));
  if (unknown.length > 0) return wrong(`unknown ${unknown.join(", ")}; known are ${attributes.join(", ")}`);
  const { type, items, description, secret } = raw;
  if (type !== undefined && !isType(type)) return wrong(`type must be one of ${types.join(", ")}`);
  if (secret !== undefined && typeof secret !== "boolean") return wrong("secret must be true or false");
  if (description !== undefined && typeof description !== "string")
    return wrong("description must be a text");
  const parsedItems = items === undefined ? undefined : parseItems(items);
  if (items !== undefined && parsedItems === undefined) {
    return wrong("items must be { type }, and for an array of arrays { type: array, items: { type } }");
  }
  const declaration: ConfigDeclaration = {
    key,
    own,
    secret: secret ?? false,
    ...(type !== undefined && { type }),
    ...(parsedItems !== undefined && { items: parsedItems }),
    ...(description !== undefined && { description }),
    // A default of null is none, as it is to the CLI.
    ...(raw.default !== undefined && raw.default !== null && { default: raw.default }),
    ...(raw.value !== undefined && raw.value !== null && { value: raw.value }),
  };
  const mistake = own ? mistakeInOwn(declaration) : mistakeInForeign(declaration);
  return mistake === undefined ? declaration : wrong(mistake);
};

const parseItems = (raw: YamlValue): ConfigItems | undefined => {
  if (!isYamlMap(raw) || !isType(raw.type)) return undefined;
  const items = raw.items === undefined ? undefined : parseItems(raw.items);
  if (items === undefined && (raw.items !== undefined || raw.type === "array")) return undefined;
  return { type: raw.type, ...(items !== undefined && { items }) };
};

const mistakeInOwn = (declaration: ConfigDeclaration): string | undefined => {
  if (declaration.default !== undefined && declaration.value !== undefined)
    return "give default or value, not both";
  if (declaration.type === "array" && declaration.items === undefined)
    return "an array needs items: { type }";
  const { type, items, default: value } = declaration;
  if (type !== undefined && value !== undefined && !matchesType(type, items, value)) {
    return `the default is not of type ${typeName(type, items)}`;
  }
  return undefined;
};

const mistakeInForeign = (declaration: ConfigDeclaration): string | undefined => {
  if (declaration.type !== undefined) return "only keys of the project's own namespace can have a type";
  if (declaration.default !== undefined)
    return "write value instead of default for a key of another namespace";
  return declaration.value === undefined ? "a key of another namespace needs a value" : undefined;
};

/**
 * Whether Pulumi takes the value for the type: whole numbers and booleans may also be texts.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/workspace/project.go (`ValidateConfigValue`)
 */
export const matchesType = (type: ConfigType, items: ConfigItems | undefined, value: YamlValue): boolean => {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "integer":
      return (
        typeof value === "bigint" ||
        Number.isInteger(value) ||
        (typeof value === "string" &&
          /^[-+]?[0-9]+$/.test(value) &&
          BigInt.asIntN(64, BigInt(value)) === BigInt(value))
      );
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "object":
      return isYamlMap(value);
    case "array":
      return (
        Array.isArray(value) &&
        items !== undefined &&
        value.every((item) => matchesType(items.type, items.items, item))
      );
  }
};

/** `array<string>` and the like. */
export const typeName = (type: ConfigType, items: ConfigItems | undefined): string =>
  items === undefined ? type : `array<${typeName(items.type, items.items)}>`;
