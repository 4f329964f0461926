/**
 * Decides as IAM does whether policies allow a call.
 *
 * Verified (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html and
 * reference_policies_elements_condition_operators.html): nothing is allowed unless a statement allows it; a statement
 * that denies wins; `*` and `?` in actions, which know no case, and in resources; all operators and keys of a
 * condition must hold, one of a key's values is enough; a key that the call does not carry makes an operator false,
 * but negated and `IfExists` ones true.
 * Gaps, refused by name rather than passed over: NotAction, NotResource, Principal, policy variables, operators other
 * than those below, resource policies, boundaries, organisation policies.
 */

export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Action: string | readonly string[];
  Resource: string | readonly string[];
  Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  Version?: string;
  Id?: string;
  Statement: Statement | readonly Statement[];
}

/** Condition keys of a call, such as `iam:PassedToService`. */
export type CallContext = Readonly<Record<string, string>>;

interface CompiledStatement {
  denies: boolean;
  action: (text: string) => boolean;
  resource: (text: string) => boolean;
  condition: (context: CallContext) => boolean;
  isConditional: boolean;
}

const known = new Set(["Sid", "Effect", "Action", "Resource", "Condition"]);

const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === "string" ? [value] : value;

const pattern = (text: string, flags = ""): RegExp =>
  new RegExp(
    `^${text
      .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", "[^]*")
      .replaceAll("?", "[^]")}$`,
    flags,
  );

const matcher = (texts: readonly string[], flags = ""): ((text: string) => boolean) => {
  for (const text of texts)
    if (/\$\{/.test(text)) throw new Error(`Policy variables are not supported: ${text}`);
  const patterns = texts.map((text) => pattern(text, flags));
  return (text) => patterns.some((each) => each.test(text));
};

/** Each part of an ARN is matched by itself: a `*` does not reach over a colon, except in the last part. */
const arnMatcher = (texts: readonly string[]): ((text: string) => boolean) => {
  const parts = (text: string): string[] => {
    const all = text.split(":");
    return [...all.slice(0, 5), all.slice(5).join(":")];
  };
  const wanted = texts.map((text) => parts(text).map((part) => pattern(part)));
  return (text) => {
    const given = parts(text);
    return wanted.some((each) => each.every((part, index) => part.test(given[index] ?? "")));
  };
};

type Operator = (values: readonly string[]) => (given: string | undefined) => boolean;

const whenGiven =
  (make: (values: readonly string[]) => (given: string) => boolean, otherwise: boolean): Operator =>
  (values) => {
    const holds = make(values);
    return (given) => (given === undefined ? otherwise : holds(given));
  };

const equals = (values: readonly string[]) => (given: string) => values.includes(given);
const not =
  (make: (values: readonly string[]) => (given: string) => boolean) => (values: readonly string[]) => {
    const holds = make(values);
    return (given: string) => !holds(given);
  };

const operators: Readonly<Record<string, Operator>> = {
  StringEquals: whenGiven(equals, false),
  StringNotEquals: whenGiven(not(equals), true),
  StringLike: whenGiven((values) => matcher(values), false),
  StringNotLike: whenGiven(
    not((values) => matcher(values)),
    true,
  ),
  ArnEquals: whenGiven(arnMatcher, false),
  ArnLike: whenGiven(arnMatcher, false),
  Bool: whenGiven(equals, false),
  Null: (values) => (given) => values.includes(String(given === undefined)),
  StringEqualsIfExists: whenGiven(equals, true),
  StringLikeIfExists: whenGiven((values) => matcher(values), true),
  ArnLikeIfExists: whenGiven(arnMatcher, true),
};

const compileCondition = (condition: Statement["Condition"]): ((context: CallContext) => boolean) => {
  const tests = Object.entries(condition ?? {}).flatMap(([name, keys]) => {
    const operator = operators[name];
    if (operator === undefined) throw new Error(`The condition operator ${name} is not supported.`);
    return Object.entries(keys).map(([key, values]) => {
      const holds = operator(list(values));
      const wanted = key.toLowerCase();
      return (context: CallContext) => {
        const found = Object.keys(context).find((each) => each.toLowerCase() === wanted);
        return holds(found === undefined ? undefined : context[found]);
      };
    });
  });
  return (context) => tests.every((holds) => holds(context));
};

const compile = (statement: Statement): CompiledStatement => {
  for (const key of Object.keys(statement))
    if (!known.has(key)) throw new Error(`The policy element ${key} is not supported.`);
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny")
    throw new Error(`Effect must be Allow or Deny, not ${String(statement.Effect)}.`);
  const [actions, resources] = [list(statement.Action), list(statement.Resource)];
  if (actions.length === 0 || resources.length === 0)
    throw new Error("A statement needs at least one Action and one Resource.");
  return {
    denies: statement.Effect === "Deny",
    action: matcher(actions, "i"),
    resource: matcher(resources),
    condition: compileCondition(statement.Condition),
    isConditional: statement.Condition !== undefined,
  };
};

export type Decide = (action: string, resource: string, context?: CallContext) => boolean;

const noContext: CallContext = {};
const mostEntries = 10_000;

/** Compiles policies; the result says whether they allow a call. @throws Error for what is not supported */
export const compilePolicies = (policies: readonly PolicyDocument[]): Decide => {
  const statements = policies.flatMap(({ Statement }) =>
    (Array.isArray(Statement) ? (Statement as readonly Statement[]) : [Statement as Statement]).map(compile),
  );
  const judge: Decide = (action, resource, context = noContext) => {
    const applying = statements.filter(
      (each) => each.action(action) && each.resource(resource) && each.condition(context),
    );
    return applying.length > 0 && applying.every((each) => !each.denies);
  };
  const isConditional = statements.some((each) => each.isConditional);
  // Almost every call of a simulation has been judged before.
  const judged = new Map<string, Map<string, boolean>>();
  let entries = 0;
  return (action, resource, context) => {
    if (isConditional && context !== undefined) return judge(action, resource, context);
    const byResource = judged.get(action) ?? new Map<string, boolean>();
    const before = byResource.get(resource);
    if (before !== undefined) return before;
    const allowed = judge(action, resource, context);
    if (entries === mostEntries) {
      judged.clear();
      entries = 0;
    }
    judged.set(action, byResource.set(resource, allowed));
    entries += 1;
    return allowed;
  };
};
