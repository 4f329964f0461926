import { leakPatterns } from "../../../../core/leak/patterns/leak-patterns.ts";
import { matchesIn } from "../../../../core/leak/patterns/matches.ts";
import type { SecretPatternDefinition } from "../../../../core/leak/secret-pattern.ts";
import { seededSecret, seededUuid } from "../../../leak-corpus/corpus.ts";

const pattern = (part: Partial<SecretPatternDefinition>): SecretPatternDefinition => ({
  id: "p",
  name: "P",
  pattern: "[a-z]{3}",
  startDelimiter: "=",
  endDelimiter: ";",
  mustMatch: [],
  mustNotMatch: [],
  finds: "secret",
  pushProtection: false,
  what: "An example.",
  ...part,
});

test("a match is the secret between its delimiters, and says where it stands", () => {
  expect(matchesIn("x=abc; =def;", [pattern({})])).toEqual([
    { patternId: "p", finds: "secret", secret: "abc", offset: 2 },
    { patternId: "p", finds: "secret", secret: "def", offset: 8 },
  ]);
});

test.each([
  ["no start", "abc;", {}, []],
  ["no end", "=abc", {}, []],
  ["a start that is the secret's own", "=ab=c;", {}, []],
  ["a secret within what looks like one", "abc=def;", { startDelimiter: "c=" }, ["def"]],
  ["overlapping ones", "=aaaa;", { startDelimiter: "=|a" }, ["aaa"]],
  ["a condition that holds", "=abc;=xyz;", { mustMatch: ["b"] }, ["abc"]],
  ["one of two conditions", "=abc;=xyz;", { mustMatch: ["b", "y"] }, []],
  ["a condition against it", "=abc;=xyz;", { mustNotMatch: ["q", "b"] }, ["xyz"]],
  ["context far before", `k${"-".repeat(50_000)}=abc;`, { startDelimiter: "k[\\s\\S]*=" }, ["abc"]],
  ["context far after", `=abc;${"-".repeat(50_000)}k`, { endDelimiter: ";[\\s\\S]*k" }, ["abc"]],
  ["the text's own ends", "abc", { startDelimiter: "\\A", endDelimiter: "\\z" }, ["abc"]],
])("%s", (_, text, part, secrets) => {
  expect(matchesIn(text, [pattern(part)]).map(({ secret }) => secret)).toEqual(secrets);
});

test("patterns of different conditions do not share their candidates", () => {
  const definitions = [
    pattern({}),
    pattern({ id: "q", mustMatch: ["z"] }),
    pattern({ id: "r", pattern: "[a-z]{2}c" }),
  ];
  expect(matchesIn("=abc;=xyz;", definitions).map(({ patternId, secret }) => [patternId, secret])).toEqual([
    ["p", "abc"],
    ["p", "xyz"],
    ["q", "xyz"],
    ["r", "abc"],
  ]);
});

test("a value with no letter or digit of its own kinds is no secret, and one with a label is", () => {
  const secret = seededSecret("matches/1");
  const found = matchesIn(`client_id: ${seededUuid("matches")}\nclient_secret: ${secret}\n`, leakPatterns);
  expect(new Set(found.map((each) => each.secret))).toEqual(new Set([secret]));
});

test.each([
  ["nothing but labels", (secret: string) => `${"client secret ".repeat(20_000)}${secret}`],
  ["nothing but look-alikes", (secret: string) => `${secret} `.repeat(5_000)],
  ["nothing but separators", (secret: string) => `${":=, value".repeat(20_000)}${secret}`],
  ["nothing but ids", (secret: string) => `${`${seededUuid("many")}\n`.repeat(5_000)}:${secret}`],
  ["one line of base64", () => Buffer.alloc(200_000, "leak").toString("base64")],
])("a text of %s is done with at once", (_, text) => {
  // Backtracking would take hours: the test's own time limit tells.
  expect(Array.isArray(matchesIn(text(seededSecret("matches/2")), leakPatterns))).toBe(true);
});
