import { dialectFaults } from "../../patterns/dialect.ts";
import type { SecretPatternDefinition } from "../secret-pattern.ts";

/** Why GitHub, its scanner or our own would not take a definition. */
export interface PatternFault {
  patternId: string;
  part: "id" | "name" | "pattern" | "startDelimiter" | "endDelimiter" | "mustMatch" | "mustNotMatch";
  /** What is wrong, and what to write in its place. */
  reason: string;
}

/** Of an organisation. https://docs.github.com/en/code-security/reference/secret-security/custom-patterns */
const mostPatterns = 500;
/** Additional match requirements that the settings take, of both kinds together. */
const mostConditions = 5;

type Part = PatternFault["part"];

/**
 * A class of most characters, repeated up to a bound. Hyperscan, which has to tell where the match starts, keeps a
 * state for each of them, and calls the whole too large.
 */
const repeatable = /(\\[\s\S]|\.|\[(?:\\[\s\S]|[^\]\\])*\])(\{\d*,?\d+\})?/g;
const wide = /^(?:\.|\[\^|\[\\|\\[DSW])/;

const gapsIn = (expression: string): string[] =>
  [...expression.matchAll(repeatable)].flatMap(({ 0: text, 2: bound }) =>
    bound !== undefined && wide.test(text) ? [text] : [],
  );

const expressionFaults = (expression: string): string[] => {
  const faults = dialectFaults(expression).map(
    ({ text, position, reason }) => `${JSON.stringify(text)} at ${position}: ${reason}`,
  );
  if (faults.length > 0) return faults;
  try {
    new RegExp(expression);
    return [];
  } catch (error) {
    return [`It is no regular expression: ${String(error)}`];
  }
};

const matchesNothing = (expression: string): boolean => new RegExp(`^(?:${expression})$`).test("");

const faultsOf = (definition: SecretPatternDefinition): [Part, string][] => {
  const { pattern, startDelimiter, endDelimiter, mustMatch, mustNotMatch } = definition;
  const parts: [Part, string][] = [
    ["pattern", pattern],
    ["startDelimiter", startDelimiter],
    ["endDelimiter", endDelimiter],
    ...mustMatch.map((rule): [Part, string] => ["mustMatch", rule]),
    ...mustNotMatch.map((rule): [Part, string] => ["mustNotMatch", rule]),
  ];
  const dialect = parts.flatMap(([part, expression]) =>
    expressionFaults(expression).map((reason): [Part, string] => [part, reason]),
  );
  if (dialect.length > 0) return dialect;
  const gaps = gapsIn(startDelimiter).map((gap): [Part, string] => [
    "startDelimiter",
    `${JSON.stringify(gap)} is a bounded gap before the secret, which is too large for the scanner: leave the bound out`,
  ]);
  const conditions = mustMatch.length + mustNotMatch.length;
  return [
    ...gaps,
    ...(matchesNothing(pattern)
      ? [["pattern", "It matches the empty text: ask for one character at least"] satisfies [Part, string]]
      : []),
    ...(conditions > mostConditions
      ? [
          [
            "mustMatch",
            `There are ${conditions} conditions on the secret, of both kinds: the settings take ${mostConditions}`,
          ] satisfies [Part, string],
        ]
      : []),
  ];
};

const repeated = (values: readonly string[]): Set<string> =>
  new Set(values.filter((value, index) => values.indexOf(value) !== index));

/** Everything that is wrong with the definitions; empty where nothing is known to be. It does not compile them. */
export const patternFaults = (definitions: readonly SecretPatternDefinition[]): PatternFault[] => {
  const ids = repeated(definitions.map(({ id }) => id));
  const names = repeated(definitions.map(({ name }) => name));
  return definitions.flatMap((definition, index) => {
    const { id, name } = definition;
    const faults = faultsOf(definition);
    if (ids.has(id)) faults.push(["id", "Another pattern has the same id: each needs its own"]);
    if (names.has(name)) faults.push(["name", "Another pattern has the same name: each needs its own"]);
    if (index >= mostPatterns) faults.push(["id", `An organisation has at most ${mostPatterns} patterns`]);
    return faults.map(([part, reason]) => ({ patternId: id, part, reason }));
  });
};
