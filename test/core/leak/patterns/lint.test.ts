import { leakPatterns } from "../../../../core/leak/patterns/leak-patterns.ts";
import { patternFaults } from "../../../../core/leak/patterns/lint.ts";
import type { SecretPatternDefinition } from "../../../../core/leak/secret-pattern.ts";

const good: SecretPatternDefinition = {
  id: "good",
  name: "Good",
  pattern: "[A-Z]{43}",
  startDelimiter: "secret[^\\r\\n]*[^A-Z]",
  endDelimiter: "\\z|[^A-Z]",
  mustMatch: [],
  mustNotMatch: [],
  finds: "secret",
  pushProtection: false,
  what: "An example.",
};

test("a pattern that GitHub takes has no fault", () => {
  expect(patternFaults([good])).toEqual([]);
  expect(patternFaults(leakPatterns)).toEqual([]);
});

test.each<[string, Partial<SecretPatternDefinition>, string, RegExp]>([
  ["a look-ahead in the secret", { pattern: "(?=[A-Z])[A-Z]{43}" }, "pattern", /^"\(\?=" at 0: look-around/],
  ["a bracket in the start", { startDelimiter: "(secret" }, "startDelimiter", /do not balance/],
  ["\\Z at the end", { endDelimiter: "\\Z" }, "endDelimiter", /use \\z/],
  ["a back-reference in a condition", { mustMatch: ["(a)\\1"] }, "mustMatch", /back-references/],
  ["a modifier in a condition", { mustNotMatch: ["(?i)a"] }, "mustNotMatch", /modifiers/],
  ["no expression at all", { pattern: "[z-a]" }, "pattern", /^It is no regular expression: .*out of order/],
  ["a secret that may be empty", { pattern: "[A-Z]*" }, "pattern", /empty text/],
  [
    "six conditions",
    { mustMatch: ["a", "b", "c", "d"], mustNotMatch: ["e", "f"] },
    "mustMatch",
    /There are 6/,
  ],
  ["a bounded gap", { startDelimiter: "s[^\\r\\n]{0,40}[^A-Z]" }, "startDelimiter", /^"\[\^.*bounded gap/],
  ["a bounded gap of anything", { startDelimiter: "s.{3}[^A-Z]" }, "startDelimiter", /^"\.\{3\}" is/],
  [
    "a bounded gap of spaces and others",
    { startDelimiter: "s[\\s\\S]{,9}=" },
    "startDelimiter",
    /bounded gap/,
  ],
  ["a bounded gap of no spaces", { startDelimiter: "s\\S{1,9}=" }, "startDelimiter", /bounded gap/],
])("%s is a fault", (_, part, where, reason) => {
  expect(patternFaults([{ ...good, ...part }])).toEqual([
    { patternId: "good", part: where, reason: expect.stringMatching(reason) },
  ]);
});

test.each([
  ["a bound on few characters", { startDelimiter: "[0-9a-f]{8}-[ \\t]{0,2}=" }],
  ["what looks like a gap and is escaped", { startDelimiter: "\\.{3}\\[^a]=" }],
  ["five conditions", { mustMatch: ["a", "b", "c"], mustNotMatch: ["e", "f"] }],
  ["a gap after the secret", { endDelimiter: "[^A-Z][^\\r\\n]{0,9}=" }],
])("%s is none", (_, part) => {
  expect(patternFaults([{ ...good, ...part }])).toEqual([]);
});

test("patterns that share an id or a name are told apart by nobody", () => {
  const faults = patternFaults([good, { ...good, name: "Other" }, { ...good, id: "third" }]);
  expect(faults.map(({ patternId, part }) => [patternId, part])).toEqual([
    ["good", "id"],
    ["good", "name"],
    ["good", "id"],
    ["third", "name"],
  ]);
});

test("more than 500 patterns are too many", () => {
  const many = Array.from({ length: 501 }, (_, index) => ({
    ...good,
    id: `p${index}`,
    name: `Pattern ${index}`,
  }));
  expect(patternFaults(many.slice(1))).toEqual([]);
  expect(patternFaults(many)).toEqual([
    { patternId: "p500", part: "id", reason: "An organisation has at most 500 patterns" },
  ]);
});
