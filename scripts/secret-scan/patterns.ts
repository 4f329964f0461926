import { isUtf8 } from "node:buffer";
import { fingerprint } from "../../core/fingerprint.ts";
import { leakPatterns } from "../../core/leak/patterns/leak-patterns.ts";
import { matchesIn, type PatternMatch } from "../../core/leak/patterns/matches.ts";
import type { Finding } from "./finding.ts";
import { hiddenSecrets } from "./hidden.ts";

/** The text of a file, or undefined where it is none. */
const textOf = (bytes: Buffer): string | undefined => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return bytes.toString("utf16le");
  if (first === 0xfe && second === 0xff)
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString("utf16le");
  if (bytes.includes(0)) return undefined;
  return bytes.toString(isUtf8(bytes) ? "utf8" : "latin1");
};

/** The secret itself: an encoded pair holds it after the colon. */
const secretOf = ({ finds, secret }: PatternMatch): string => {
  if (finds === "secret") return secret;
  const pair = Buffer.from(secret.replaceAll(/\s/g, ""), "base64").toString("latin1");
  return pair.slice(pair.indexOf(":") + 1).trimEnd();
};

/** What the patterns of GitHub find in a file, and what they cannot see. */
export const findingsIn = (path: string, bytes: Buffer): Finding[] => {
  const text = textOf(bytes);
  if (text === undefined) return [];
  const names = new Map(leakPatterns.map(({ id, name }) => [id, name]));
  const seen = matchesIn(text, leakPatterns).map((match) => ({
    path,
    line: text.slice(0, match.offset).split("\n").length,
    rule: names.get(match.patternId) ?? match.patternId,
    fingerprint: fingerprint(secretOf(match)),
  }));
  return [...seen, ...hiddenSecrets(path, text)];
};
