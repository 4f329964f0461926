import { spaceCamelCase } from "../camel-case.ts";

/** Betray a trap wherever they stand inside a word: no ordinary word contains them. */
const anywhere = /honey ?(?:pot|token)|decoy|canary ?token|tripwire/;

/** Betray a trap as words of their own only: `Contest`, `bootstrap` and `Hammock` are innocent. */
const wholeWords = new Set([
  ...["bait", "baited", "baits", "bogus", "canaries", "canary", "deception", "demo", "demos", "dummies"],
  ...["dummy", "fake", "faked", "fakes", "honeynet", "lure", "lures", "mock", "mocked", "mocks", "phony"],
  ...["placeholder", "sandbox", "sandboxed", "sandboxes", "snare", "snares", "spoof", "spoofed", "spoofs"],
  ...["test", "tester", "testers", "testing", "tests", "trap", "trapped", "traps"],
  ...["decoy", "decoys", "honeypot", "honeypots", "honeytoken", "honeytokens"],
]);

const letters: Record<string, string> = {
  "0": "o",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "@": "a",
  $: "s",
  "!": "i",
};

/**
 * The word in a decoy's name that tells an intruder what it is; undefined for a credible name. Sees through case,
 * camel case, separators, accents, and digits that stand for letters.
 *
 * @example nameBetraysTrap("Legacy CRM Sync") // undefined
 * @example nameBetraysTrap("crm-H0neyp0t") // "honeypot"
 */
export const nameBetraysTrap = (name: string): string | undefined => {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "");
  for (const words of readings(spaceCamelCase(plain))) {
    const found = anywhere.exec(words.join(" "))?.[0];
    if (found !== undefined) return found;
  }
  return [...readings(spaceCamelCase(plain)), ...readings(plain)].flat().find((word) => wholeWords.has(word));
};

/** The words of a name, read three times: digits as separators, and as the letters that they look like. */
const readings = (name: string): string[][] => {
  const lower = name.toLowerCase();
  // A word of digits alone, such as the number of a building, is no word in disguise.
  const disguised = lower.split(/[^a-z\d@$!]/).filter((word) => /[a-z]/.test(word));
  return [
    lower.split(/[^a-z]/),
    disguised.map((word) => withLetters(word, "i")),
    disguised.map((word) => withLetters(word, "l")),
  ];
};

const withLetters = (word: string, one: "i" | "l"): string =>
  word.replace(/[^a-z]/g, (sign) => letters[sign] ?? (sign === "1" ? one : sign));
