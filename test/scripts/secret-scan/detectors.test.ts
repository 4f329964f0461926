import { readFileSync } from "node:fs";
import { RE2JS } from "re2js";
import { leakPatterns } from "../../../core/leak/patterns/leak-patterns.ts";
import { matchesIn } from "../../../core/leak/patterns/matches.ts";
import { detectorExpression, detectorsFile, detectorsText } from "../../../scripts/secret-scan/detectors.ts";
import { loadShapes } from "../../leak-corpus/corpus.ts";

test("the scanner's configuration is what the patterns make it", () => {
  expect(readFileSync(detectorsFile, "utf8")).toBe(detectorsText());
});

/** Matches do not overlap, as in the scanner: of several secrets behind one context it names one. */
const found = (expression: RE2JS, text: string): string[] => {
  const matcher = expression.matcher(text);
  const secrets: string[] = [];
  while (matcher.find()) secrets.push(matcher.group(1) ?? "");
  return secrets;
};

describe.each(leakPatterns.map((definition) => [definition.id, definition] as const))(
  "%s",
  (_id, definition) => {
    test("compiles in the scanner's dialect and fires there on every file on which it fires here", () => {
      const expression = RE2JS.compile(detectorExpression(definition));
      const files = loadShapes("tuning").filter(({ text }) => matchesIn(text, [definition]).length > 0);
      expect(files).not.toEqual([]);
      const silent = files.filter(({ text }) => {
        const here = matchesIn(text, [definition]).map(({ secret }) => secret);
        return !found(expression, text).some((secret) => here.includes(secret));
      });
      expect(silent.map(({ name }) => name)).toEqual([]);
    });
  },
);
