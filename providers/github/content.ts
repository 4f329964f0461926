import type { CustomPattern } from "../../apis/github/api.ts";
import { type Comparators, changedProperties, exact, normalised, unordered } from "../dynamic/diff.ts";

/** What a pattern matches: all that can be changed once it exists. */
export interface PatternContent {
  pattern: string;
  startDelimiter?: string | undefined;
  endDelimiter?: string | undefined;
  mustMatch?: string[] | undefined;
  mustNotMatch?: string[] | undefined;
}

/** https://docs.github.com/en/code-security/reference/secret-security/custom-patterns */
const defaults = { startDelimiter: "\\A|[^0-9A-Za-z]", endDelimiter: "\\z|[^0-9A-Za-z]" };

/** GitHub may spell its own delimiters out, or answer null; a secret must pass all rules, in any order. */
export const contentComparators: Comparators<PatternContent> = {
  pattern: exact,
  startDelimiter: normalised((value) => value ?? defaults.startDelimiter),
  endDelimiter: normalised((value) => value ?? defaults.endDelimiter),
  mustMatch: unordered(),
  mustNotMatch: unordered(),
};

export const sameContent = (one: PatternContent, other: PatternContent): boolean =>
  changedProperties(one, other, contentComparators).length === 0;

/** The content of a pattern as GitHub holds it. */
export const contentOf = (found: CustomPattern): PatternContent => ({
  pattern: found.pattern,
  startDelimiter: found.start_delimiter ?? undefined,
  endDelimiter: found.end_delimiter ?? undefined,
  mustMatch: found.must_match?.length ? found.must_match : undefined,
  mustNotMatch: found.must_not_match?.length ? found.must_not_match : undefined,
});

/** What is declared, except where GitHub holds something that does not mean the same. */
export const withDrift = <T extends PatternContent>(declared: T, found: CustomPattern): T => {
  const actual = contentOf(found);
  const drifted = changedProperties(declared, actual, contentComparators);
  return { ...declared, ...Object.fromEntries(drifted.map((property) => [property, actual[property]])) };
};

/** Content for a write. Every field is sent, because one that is left out of a PATCH stays as it is. */
export const wireContent = (content: PatternContent) => ({
  pattern: content.pattern,
  start_delimiter: content.startDelimiter ?? defaults.startDelimiter,
  end_delimiter: content.endDelimiter ?? defaults.endDelimiter,
  must_match: content.mustMatch ?? [],
  must_not_match: content.mustNotMatch ?? [],
});
