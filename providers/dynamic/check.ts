import * as v from "valibot";
import { present } from "./present.ts";
import { type CheckFailure, type CheckResult, isUnknown } from "./provider.ts";

type Entries = v.ObjectEntries;

/** The inputs that a set of rules lets pass. */
export type InputsOf<R> = R extends InputRules<infer E> ? v.InferOutput<v.ObjectSchema<E, undefined>> : never;

/** What the inputs of a resource must look like. */
export interface InputRules<E extends Entries> {
  /** One valibot schema a property; `v.optional(schema, default)` fills a default. No transformations. */
  entries: E;
  /** A right value for each property, shown with every failure. */
  examples: { [K in keyof E]: unknown };
  /** Properties, top level, whose values never appear in a failure. */
  secrets?: readonly (keyof E & string)[];
  /**
   * Rules over several properties. They see what the schemas let pass; a property that failed, is missing or is
   * unknown comes as it is, so a rule looks before it judges.
   */
  across?: (inputs: Partial<Record<keyof E, unknown>>) => CheckFailure[];
}

/** Keeps the type of the entries. */
export const inputRules = <E extends Entries>(rules: InputRules<E>): InputRules<E> => rules;

/** The engine's own input: the text of the shim. */
const engineKey = "__provider";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether the value is unknown, or holds an unknown value anywhere. */
export const holdsUnknown = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isObject(value) ? Object.values(value).some(holdsUnknown) : isUnknown(value);
};

const pathOf = (issue: v.BaseIssue<unknown>): (string | number)[] =>
  (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));

const printPath = (path: (string | number)[]): string =>
  path.map((key, i) => (typeof key === "number" ? `[${key}]` : i === 0 ? key : `.${key}`)).join("");

const reasonOf = <E extends Entries>(
  issue: v.BaseIssue<unknown>,
  rules: InputRules<E>,
  top: string,
): string => {
  const example = `for example ${JSON.stringify(rules.examples[top])}`;
  if (issue.type === "strict_object" && issue.expected === "never")
    return `There is no such property: ${example}.`;
  if (issue.input === undefined) return `It is missing: ${example}.`;
  const hidden = rules.secrets?.includes(top) ?? false;
  // A message written for the rule says more than the type that valibot expected.
  const wrong = issue.message.startsWith("Invalid ")
    ? `It must be ${issue.expected ?? "valid"}`
    : issue.message;
  return `${wrong}${hidden ? "" : `, not ${issue.received}`}: ${example}.`;
};

/**
 * Checks and completes the inputs of a resource, and reports every mistake at once. Unknown values pass at any
 * depth, absent ones (undefined, null) are dropped, unknown keys are refused, and the engine's own input survives.
 */
export const checkInputs = <E extends Entries>(
  rules: InputRules<E>,
  news: object,
): CheckResult<v.InferOutput<v.ObjectSchema<E, undefined>>> => {
  const { [engineKey]: shim, ...given } = present(news) as Record<string, unknown>;
  const result = v.safeParse(v.object(rules.entries), given);
  const failures = (result.issues ?? [])
    .filter((issue) => !holdsUnknown(issue.input))
    .map((issue) => {
      const path = pathOf(issue);
      return { property: printPath(path), reason: reasonOf(issue, rules, String(path[0])) };
    });
  const properties = Object.keys(rules.entries);
  const unexpected = Object.keys(given)
    .filter((property) => !properties.includes(property))
    .map((property) => ({
      property,
      reason: `There is no such property: the properties are ${properties.join(", ")}.`,
    }));
  const inputs = present(result.output) as Record<string, unknown>;
  const across = rules.across?.(inputs as Partial<Record<keyof E, unknown>>) ?? [];
  if (shim !== undefined) inputs[engineKey] = shim;
  return {
    inputs: inputs as v.InferOutput<v.ObjectSchema<E, undefined>>,
    failures: [...failures, ...unexpected, ...across],
  };
};
