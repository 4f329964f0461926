import type { SecretPatternDefinition } from "../secret-pattern.ts";

/** A secret that a pattern found. Offsets are in UTF-16 units, as in `text.slice`. */
export interface PatternMatch {
  patternId: string;
  finds: SecretPatternDefinition["finds"];
  secret: string;
  offset: number;
}

/**
 * Context is looked for within this many characters of the secret, so that a file of one line, or of nothing but
 * look-alikes, takes time in proportion to its size. GitHub's scanner knows no such bound.
 */
const reach = 16_384;

const startOfText = "\\A";
/** Before a secret, all of the text before the label means nothing: whatever ends there will do. */
const fromTheTop = "\\A[\\s\\S]*";

/** Anchors of the whole text, which hold in a cut-out alone where it reaches the text's own end. */
const anchored = (expression: string, anchor: string, holds: boolean): string =>
  expression.replaceAll(/\\[\s\S]/g, (escaped) => {
    if (escaped !== anchor) return escaped;
    if (!holds) return "(?!)";
    return anchor === startOfText ? "^" : "$";
  });

interface Context {
  whole: RegExp;
  cut: RegExp;
}

const context = (expression: string, anchor: string, wrap: (expression: string) => string): Context => ({
  whole: new RegExp(wrap(anchored(expression, anchor, true)), "y"),
  cut: new RegExp(wrap(anchored(expression, anchor, false)), "y"),
});

const matchesAt = ({ whole, cut }: Context, text: string, position: number, isWhole: boolean): boolean => {
  const expression = isWhole ? whole : cut;
  expression.lastIndex = position;
  return expression.test(text);
};

interface CompiledPattern {
  definition: SecretPatternDefinition;
  secret: RegExp;
  start: Context;
  end: Context;
  mustMatch: RegExp[];
  mustNotMatch: RegExp[];
}

const compile = (definition: SecretPatternDefinition): CompiledPattern => {
  const { startDelimiter, pattern, endDelimiter, mustMatch, mustNotMatch } = definition;
  const label = startDelimiter.startsWith(fromTheTop)
    ? startDelimiter.slice(fromTheTop.length)
    : startDelimiter;
  return {
    definition,
    secret: new RegExp(pattern, "g"),
    // Looked for backwards from the secret: forwards, every label of the text would begin a search of its own.
    start: context(label, startOfText, (expression) => `(?<=${expression})`),
    end: context(endDelimiter, "\\z", (expression) => `(?:${expression})`),
    mustMatch: mustMatch.map((rule) => new RegExp(rule)),
    mustNotMatch: mustNotMatch.map((rule) => new RegExp(rule)),
  };
};

const secretsOf = function* (text: string, compiled: CompiledPattern): Generator<PatternMatch> {
  const { definition, secret, start, end, mustMatch, mustNotMatch } = compiled;
  secret.lastIndex = 0;
  for (let found = secret.exec(text); found !== null; found = secret.exec(text)) {
    const { 0: value, index } = found;
    // The next may begin within this one.
    secret.lastIndex = index + 1;
    const after = index + value.length;
    if (!matchesAt(end, text.slice(after, after + reach), 0, after + reach >= text.length)) continue;
    if (!mustMatch.every((rule) => rule.test(value)) || mustNotMatch.some((rule) => rule.test(value)))
      continue;
    const from = Math.max(0, index - reach);
    if (!matchesAt(start, text.slice(from, index), index - from, from === 0)) continue;
    yield { patternId: definition.id, finds: definition.finds, secret: value, offset: index };
  }
};

/**
 * What the patterns find in a text, by pattern and then by place: start delimiter, secret and end delimiter one right
 * after the other, and the conditions on the secret alone, as GitHub has it.
 *
 * @throws SyntaxError where an expression is none; `patternFaults` says more
 */
export const matchesIn = (text: string, definitions: readonly SecretPatternDefinition[]): PatternMatch[] =>
  definitions.flatMap((definition) => [...secretsOf(text, compile(definition))]);
