import fc from "fast-check";
import { leakPatterns } from "../../../core/leak/patterns/leak-patterns.ts";
import { translated } from "../../../sandbox/github/expression.ts";
import { proof } from "../../proof.ts";
import { hyperscanEnds } from "./hyperscan.ts";

/** Where our matches end: Hyperscan reports every end, the ones of empty matches too. */
const ends = (expression: string, text: string): number[] => {
  const behind = new RegExp(`(?<=(?:${translated(expression)}))`, "y");
  return Array.from({ length: text.length + 1 }, (_, end) => end).filter((end) => {
    behind.lastIndex = end;
    return behind.test(text);
  });
};

const atoms = [
  ..."ab=; ",
  ".",
  "\\n",
  "\\.",
  "\\d",
  "\\w",
  "\\s",
  "\\h",
  "\\S",
  "\\H",
  "\\v",
  "\\V",
  "[a-c]",
  "[^a]",
  "[^\\n]",
  "[]b]",
  "[^]b]",
  "[[:alnum:]_]",
  "[\\s=]",
  "[\\h;]",
  "\\x61",
  "\\x{62}",
  "\\Qa.b\\E",
];
const { expression } = fc.letrec<{ expression: string; term: string; piece: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small" },
    tie("term"),
    fc.tuple(tie("term"), tie("term")).map(([a, b]) => `${a}|${b}`),
  ),
  term: fc.array(tie("piece"), { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join("")),
  piece: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...atoms),
    fc
      .tuple(fc.constantFrom(...atoms), fc.constantFrom("*", "+", "?", "{2}", "{1,3}", "{2,}", "+?", "*?"))
      .map(([atom, quantifier]) => atom + quantifier),
    fc.tuple(tie("expression"), fc.constantFrom("", "?", "+", "{2}")).map(([inner, q]) => `(${inner})${q}`),
    tie("expression").map((inner) => `(?:${inner})`),
    fc.constantFrom("\\A", "\\z", "^", "$", "\\b", "\\B"),
  ),
}));
const text = fc
  .array(fc.constantFrom(..."aab=;. \n\r\t1_]", "\xa0", "\x85", "\v"), { maxLength: 14 })
  .map((characters) => characters.join(""));

proof("the simulator matches what Hyperscan matches", { quick: 400, full: 5_000 }, async (runs, seed) => {
  const cases = fc.sample(fc.tuple(expression, fc.array(text, { minLength: 3, maxLength: 3 })), {
    numRuns: runs,
    seed,
  });
  const theirs = hyperscanEnds(cases);
  let compared = 0;
  for (const [index, [source, texts]] of cases.entries()) {
    const expected = theirs[index];
    if (expected === undefined) continue;
    compared += 1;
    const ours = texts.map((each) => ends(source, each));
    expect({ source, texts, ends: ours }).toEqual({ source, texts, ends: expected });
  }
  // Hyperscan takes no expression that can match nothing.
  expect(compared).toBeGreaterThan(runs / 5);
});

test("every part of the product's own patterns matches here what Hyperscan matches", () => {
  const secret = `${"aB3_".repeat(10)}xyA`;
  const id = "0f8fad5b-d9cb-469f-a165-70867728950e";
  const texts = [
    `client_id = "${id}"\nclient_secret = "${secret}"\n`,
    `GENESYS_PASSWORD: ${secret}\r\n# ${id}\r\n`,
    `${id}:${secret}`,
    `{"secret":"${secret}","clientId":"${id}"}`,
    Buffer.from(`${id}:${secret}`).toString("base64"),
    "\xa0 nothing to see here\n",
  ];
  const parts = leakPatterns.flatMap((pattern) => [
    pattern.pattern,
    pattern.startDelimiter,
    pattern.endDelimiter,
    ...pattern.mustMatch,
    ...pattern.mustNotMatch,
  ]);
  const theirs = hyperscanEnds(parts.map((part) => [part, texts]));
  for (const [index, part] of parts.entries())
    expect({ part, ends: texts.map((each) => ends(part, each)) }).toEqual({ part, ends: theirs[index] });
});
