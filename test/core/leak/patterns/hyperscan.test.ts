import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { leakPatterns } from "../../../../core/leak/patterns/leak-patterns.ts";
import { patternFaults } from "../../../../core/leak/patterns/lint.ts";
import { matchesIn } from "../../../../core/leak/patterns/matches.ts";
import { loadShapes } from "../../../leak-corpus/corpus.ts";
import { lookalikeTexts } from "../../../leak-corpus/lookalikes.ts";
import { proof } from "../../../proof.ts";
import { askHyperscan } from "./hyperscan.ts";

const [aPattern] = leakPatterns;
if (aPattern === undefined) throw new Error("There are no patterns.");

test("every pattern compiles, alone and together, and the linter knows of nothing against it", () => {
  expect(patternFaults(leakPatterns)).toEqual([]);
  expect(askHyperscan(leakPatterns, { texts: ["nothing"] })).toEqual({
    refused: {},
    texts: [[]],
    files: [],
    lines: 0,
  });
});

test.each([
  ["a bounded gap before the secret", { startDelimiter: "secret[^\\r\\n]{0,40}[^0-9A-Za-z]" }],
  ["a look-behind", { startDelimiter: "(?<=secret)=" }],
  ["a back-reference", { startDelimiter: "(['\"])x\\1" }],
  ["an atomic group", { pattern: "(?>[A-Z]{43})" }],
  ["a possessive quantifier", { pattern: "[A-Z]{43}x*+y" }],
  ["recursion", { pattern: "a(?R)" }],
  ["an escape that it has not", { endDelimiter: "\\R" }],
  ["a bracket that does not close", { endDelimiter: "(\\z" }],
])("%s is refused by the linter as by the engine", (_, part) => {
  const definition = { ...aPattern, id: "bad", pattern: "[A-Za-z0-9_-]{43}", ...part };
  expect(patternFaults([definition])).not.toEqual([]);
  expect(Object.keys(askHyperscan([definition], {}).refused)).toEqual(["bad"]);
});

test("our own matcher finds what the engine finds, in every shape and look-alike", () => {
  const shapes = [...loadShapes("tuning"), ...loadShapes("held-out")];
  const texts = [...shapes.map(({ text }) => text), ...lookalikeTexts()];
  const theirs = askHyperscan(leakPatterns, { texts }).texts;
  const secrets = (pairs: readonly (readonly [string, string])[]) => [
    ...new Set(pairs.map(([, secret]) => secret)),
  ];
  const differences = texts.filter((text, index) => {
    const ours = secrets(matchesIn(text, leakPatterns).map(({ patternId, secret }) => [patternId, secret]));
    const expected = secrets(theirs[index] ?? []);
    return ours.toSorted().join() !== expected.toSorted().join();
  });
  expect(texts.length).toBeGreaterThan(150);
  // By count alone: half of the shapes are nobody's to look at.
  expect(differences.length).toBe(0);
});

const source = /\.(?:[cm]?[jt]sx?|json|md|ya?ml|map|html|css|txt|py|sh|proto|go|h|cc)$|-lock\.|lock\.json$/;

/** Third-party text of at least so many lines, lock files first, in the order of the names. */
const thirdParty = (lines: number): string[] => {
  const all = readdirSync("node_modules", { recursive: true, encoding: "utf8" })
    .filter((path) => source.test(path) && !path.startsWith(".cache"))
    .map((path) => join("node_modules", path))
    .toSorted();
  const isLock = (path: string): boolean => /lock/.test(path.split("/").at(-1) ?? "");
  const sorted = ["package-lock.json", ...all.filter(isLock), ...all.filter((path) => !isLock(path))];
  let counted = 0;
  return sorted.filter((path) => {
    if (counted >= lines || !statSync(path).isFile()) return false;
    counted += readFileSync(path, "latin1").split("\n").length - 1;
    return true;
  });
};

const million = 1_000_000;

proof(
  "nothing is hit in third-party source, lock files included",
  { quick: million, full: 5 * million },
  (lines) => {
    // Some files are not UTF-8 and are not looked at.
    const files = thirdParty(lines * 1.02);
    expect(files).toContain("package-lock.json");
    const answer = askHyperscan(leakPatterns, { files });
    console.log(
      `${answer.lines.toLocaleString("en")} lines of third-party source: ${answer.files.length} hits.`,
    );
    expect(answer.files).toEqual([]);
    expect(answer.lines).toBeGreaterThanOrEqual(lines);
  },
);
