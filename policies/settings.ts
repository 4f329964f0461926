import type { PolicyConfigSchema } from "@pulumi/policy";

type Schema = PolicyConfigSchema["properties"][string];

/** One configurable value of a policy: its schema for the CLI, and how to read it where nobody has checked it. */
export interface Setting<T> {
  schema: Schema;
  default: T;
  /** The value, or undefined if it is not what `expected` says. */
  parse(value: unknown): T | undefined;
  expected: string;
}

const setting = <T extends Exclude<Schema["default"], undefined>>(
  schema: Schema,
  fallback: T,
  expected: string,
  parse: (value: unknown) => T | undefined,
): Setting<T> => ({ schema: { ...schema, default: fallback }, default: fallback, expected, parse });

export const integer = (
  description: string,
  { minimum, maximum, fallback }: { minimum: number; maximum: number; fallback: number },
): Setting<number> =>
  setting(
    { type: "integer", minimum, maximum, description },
    fallback,
    `a whole number from ${minimum} to ${maximum}`,
    (value) =>
      typeof value === "number" && Number.isInteger(value) && value >= minimum && value <= maximum
        ? value
        : undefined,
  );

export const string = (description: string, fallback: string): Setting<string> =>
  setting({ type: "string", description }, fallback, "a text", (value) =>
    typeof value === "string" ? value : undefined,
  );

/** Case makes no difference. */
export const pattern = (description: string, fallback: string): Setting<string> =>
  setting({ type: "string", format: "regex", description }, fallback, "a regular expression", (value) => {
    try {
      return typeof value === "string" && new RegExp(value, "i") ? value : undefined;
    } catch {
      return undefined;
    }
  });

export const texts = (description: string): Setting<string[]> =>
  setting({ type: "array", items: { type: "string" }, description }, [], "a list of texts", parseTexts);

export const textsByName = (description: string): Setting<Record<string, string[]>> =>
  setting(
    { type: "object", additionalProperties: { type: "array", items: { type: "string" } }, description },
    {},
    "an object of lists of texts",
    (value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
      const lists: [string, string[]][] = [];
      for (const [name, each] of Object.entries(value)) {
        const list = parseTexts(each);
        if (list === undefined) return undefined;
        lists.push([name, list]);
      }
      return Object.fromEntries(lists);
    },
  );

const parseTexts = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.every((each) => typeof each === "string") ? value : undefined;

type Values<S> = { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

/** The settings of one policy: their schema, and their values with the defaults filled in. */
export const settings = <S extends Record<string, Setting<unknown>>>(policy: string, all: S) => ({
  configSchema: {
    properties: Object.fromEntries(Object.entries(all).map(([name, { schema }]) => [name, schema])),
  } satisfies PolicyConfigSchema,

  /** @throws Error on a value outside the schema: to judge by a default in its place would be to judge wrongly. */
  read: (args: { getConfig<T extends object>(): T }): Values<S> => {
    const given = args.getConfig<Record<string, unknown>>();
    const values = Object.entries(all).map(([name, each]) => {
      const value = given[name] === undefined ? each.default : each.parse(given[name]);
      if (value === undefined)
        throw new Error(`The setting "${name}" of the policy "${policy}" must be ${each.expected}.`);
      return [name, value];
    });
    return Object.fromEntries(values) as Values<S>;
  },
});
