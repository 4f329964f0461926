import type { components } from "@octokit/openapi-types";
import { dialectFaults } from "../../core/patterns/dialect.ts";
import type { PatternContent } from "./pattern-world.ts";
import type { Switches } from "./switches.ts";

type ContentError = Required<components["schemas"]["secret-scanning-custom-pattern-validation-error"]>;
type Code = ContentError["code"];

/** Additional match requirements that the settings take, of each kind. */
const mostMatchRules = 5;

const expressionErrors = (expression: string, code: Code, switches: Switches): ContentError[] =>
  dialectFaults(expression)
    .filter(({ construct }) => construct !== "modifier" || switches.rejectsModifiers)
    .map(({ text }) => ({ code, message: `Invalid regular expression: ${text} is not supported` }));

const ruleErrors = (rules: string[], code: Code, switches: Switches): ContentError[] => [
  ...(switches.limitsMatchRules && rules.length > mostMatchRules
    ? [{ code, message: `Must have no more than ${mostMatchRules} rules` }]
    : []),
  ...rules.flatMap((rule) => expressionErrors(rule, code, switches)),
];

/**
 * Any character but a few, up to a bound: measured with Hyperscan 5.4 where it has to tell the start of a match, which
 * then answers "Pattern is too large". Bounds on a class of few characters it takes.
 */
const boundedGap = /(?:(?<!\\)\.|\[\^(?:\\.|[^\]\\])*\])\{\d*,?\d+\}/;

/** Why GitHub does not take the content of a pattern. The code says which part is wrong; the secret's is `invalid`. */
export const contentErrors = (content: PatternContent, switches: Switches): ContentError[] => [
  ...(content.pattern === "" ? [{ code: "invalid" as const, message: "Pattern can't be blank" }] : []),
  ...expressionErrors(content.pattern, "invalid", switches),
  ...expressionErrors(content.startDelimiter, "start_delimiter", switches),
  ...(switches.rejectsBoundedGaps && boundedGap.test(content.startDelimiter)
    ? [{ code: "start_delimiter" as const, message: "Pattern is too large" }]
    : []),
  ...expressionErrors(content.endDelimiter, "end_delimiter", switches),
  ...ruleErrors(content.mustMatch, "must_match", switches),
  ...ruleErrors(content.mustNotMatch, "must_not_match", switches),
];
