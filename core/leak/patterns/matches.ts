import type { SecretPatternDefinition } from "../secret-pattern.ts";
import { type Automaton, createAutomaton } from "./automaton.ts";

/** A secret that a pattern found. Offsets are in UTF-16 units, as in `text.slice`. */
export interface PatternMatch {
  patternId: string;
  finds: SecretPatternDefinition["finds"];
  secret: string;
  offset: number;
}

type Candidate = Pick<PatternMatch, "secret" | "offset">;

/** Whatever looks like a secret, in whatever context. */
const candidatesIn = (
  text: string,
  { pattern, mustMatch, mustNotMatch }: SecretPatternDefinition,
): Candidate[] => {
  const [required, refused] = [mustMatch, mustNotMatch].map((rules) => rules.map((rule) => new RegExp(rule)));
  const shape = new RegExp(pattern, "g");
  const candidates: Candidate[] = [];
  for (let found = shape.exec(text); found !== null; found = shape.exec(text)) {
    const { 0: secret, index: offset } = found;
    // The next may begin within this one.
    shape.lastIndex = offset + 1;
    if (required?.every((rule) => rule.test(secret)) && !refused?.some((rule) => rule.test(secret)))
      candidates.push({ secret, offset });
  }
  return candidates;
};

const endOf = ({ secret, offset }: Candidate): number => offset + secret.length;

interface Delimiters {
  start: Automaton;
  end: Automaton;
}

/** They learn with each text, and the next one is done sooner. */
const learnt = new WeakMap<SecretPatternDefinition, Delimiters>();

const delimitersOf = (definition: SecretPatternDefinition): Delimiters => {
  const known = learnt.get(definition) ?? {
    start: createAutomaton(definition.startDelimiter, "forwards"),
    end: createAutomaton(definition.endDelimiter, "backwards"),
  };
  learnt.set(definition, known);
  return known;
};

const inContext = (
  text: string,
  candidates: readonly Candidate[],
  definition: SecretPatternDefinition,
): Candidate[] => {
  if (candidates.length === 0) return [];
  const { start, end } = delimitersOf(definition);
  const starts = start(
    text,
    candidates.map(({ offset }) => offset),
  );
  const started = candidates.filter(({ offset }) => starts.has(offset));
  if (started.length === 0) return [];
  const ends = end(text, started.map(endOf));
  return started.filter((candidate) => ends.has(endOf(candidate)));
};

/**
 * What the patterns find in a text, by pattern and then by place: start delimiter, secret and end delimiter one right
 * after the other, and the conditions on the secret alone, as GitHub has it. Takes time in proportion to the text.
 *
 * @throws SyntaxError where an expression is none, or has what is not understood; `patternFaults` says more
 */
export const matchesIn = (text: string, definitions: readonly SecretPatternDefinition[]): PatternMatch[] => {
  const known = new Map<string, Candidate[]>();
  return definitions.flatMap((definition) => {
    const { id, finds, pattern, mustMatch, mustNotMatch } = definition;
    const key = JSON.stringify([pattern, mustMatch, mustNotMatch]);
    const candidates = known.get(key) ?? candidatesIn(text, definition);
    known.set(key, candidates);
    return inContext(text, candidates, definition).map((found) => ({ patternId: id, finds, ...found }));
  });
};
