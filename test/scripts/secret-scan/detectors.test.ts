import { readFileSync } from "node:fs";
import { RE2JS } from "re2js";
import { leakPatterns } from "../../../core/leak/patterns/leak-patterns.ts";
import { matchesIn } from "../../../core/leak/patterns/matches.ts";
import { detectorExpression, detectorsFile, detectorsText } from "../../../scripts/secret-scan/detectors.ts";
import { loadShapes } from "../../leak-corpus/corpus.ts";

test("the scanner's configuration is what the patterns make it", () => {
  expect(readFileSync(detectorsFile, "utf8")).toBe(detectorsText());
});

const found = (expression: RE2JS, text: string): string[] => {
  const matcher = expression.matcher(text);
  const secrets: string[] = [];
  // One search after the other, as the scanner does; a match may begin within the last one's context.
  for (let from = 0; matcher.find(from); from = matcher.start(1) + 1) secrets.push(matcher.group(1) ?? "");
  return [...new Set(secrets)];
};

describe.each(leakPatterns.map((definition) => [definition.id, definition] as const))(
  "%s",
  (_id, definition) => {
    test("compiles in the scanner's dialect and finds there what it finds here", () => {
      const expression = RE2JS.compile(detectorExpression(definition));
      for (const { name, text } of loadShapes("tuning")) {
        const here = matchesIn(text, [definition]).map(({ secret }) => secret);
        const there = found(expression, text);
        expect([name, here.filter((secret) => !there.includes(secret))]).toEqual([name, []]);
      }
    });
  },
);
