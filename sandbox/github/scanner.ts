/**
 * Finds secrets in bytes as GitHub's scanner does with one custom pattern.
 *
 * - verified (https://docs.github.com/en/code-security/reference/secret-security/custom-patterns): what stands before
 *   and after the secret must match right there, and is no part of it; further conditions look at the secret alone.
 * - assumed: secrets may overlap; of several ends of a secret at one place the expression's own preference counts.
 */
import { translated } from "./expression.ts";
import type { PatternContent } from "./pattern-world.ts";

/** A secret in a file, in bytes from 0; `end` is behind it. */
export interface Match {
  secret: string;
  start: number;
  end: number;
}

/** @throws UntranslatableError */
export const compile = (content: PatternContent): ((text: string) => Match[]) => {
  const [start, pattern, end] = [content.startDelimiter, content.pattern, content.endDelimiter].map(
    (each) => `(?:${translated(each)})`,
  );
  // The secret and its end are looked for first: they are cheap, and rule most places out.
  const all = new RegExp(`(?=${pattern}${end})(?<=${start})(?:${pattern})(?=${end})`, "g");
  const conditions = [
    ...content.mustMatch.map((rule) => ({ expression: new RegExp(translated(rule)), wanted: true })),
    ...content.mustNotMatch.map((rule) => ({ expression: new RegExp(translated(rule)), wanted: false })),
  ];
  return (text) => {
    const matches: Match[] = [];
    all.lastIndex = 0;
    for (let found = all.exec(text); found !== null; found = all.exec(text)) {
      const [secret] = found;
      all.lastIndex = found.index + 1;
      if (secret === "" || conditions.some(({ expression, wanted }) => expression.test(secret) !== wanted))
        continue;
      matches.push({ secret, start: found.index, end: found.index + secret.length });
    }
    return matches;
  };
};

/** Lines and columns from 1, in bytes. https://docs.github.com/en/rest/secret-scanning/secret-scanning#list-locations-for-a-secret-scanning-alert */
export const placeOf = (text: string, { start, end }: Match, endColumnIsExclusive: boolean) => {
  const lineOf = (offset: number) => {
    const lineStart = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
    return { line: text.slice(0, lineStart).split("\n").length, column: offset - lineStart + 1 };
  };
  const first = lineOf(start);
  const last = lineOf(end - 1);
  return {
    start_line: first.line,
    end_line: last.line,
    start_column: first.column,
    end_column: last.column + (endColumnIsExclusive ? 1 : 0),
  };
};
