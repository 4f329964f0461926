/**
 * Secrets that no custom pattern can see, because a pattern has only the text right before them: bare pairs, base64
 * of a secret, literals in pieces. A pull request can afford a question that an alert at night cannot.
 */
import { fingerprint } from "../../core/fingerprint.ts";
import type { Finding } from "./finding.ts";

/** 32 bytes as base64url: of 43 characters the last has two bits that are always zero. */
const secretShape = /(?<![\w=.+/~-])[\w-]{42}[AEIMQUYcgkosw048](?![\w=.+/~-])/g;
const clientId = /\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/i;

/** Random text of this length has all three; words, paths and counters do not. */
const looksRandom = (text: string): boolean => /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);

/** A client id that near, in lines, makes a secret of what looks like one. */
const nearLines = 2;

interface Seen {
  line: number;
  rule: string;
  secret: string;
}

const barePairs = (lines: readonly string[]): Seen[] => {
  const idLines = lines.flatMap((text, index) => (clientId.test(text) ? [index] : []));
  return lines.flatMap((text, index) =>
    idLines.some((each) => Math.abs(each - index) <= nearLines)
      ? [...text.matchAll(secretShape)]
          .filter(([secret]) => looksRandom(secret))
          .map(([secret]) => ({ line: index + 1, rule: "A client id beside what may be its secret", secret }))
      : [],
  );
};

/** base64 of a secret, as in `data:` of a Kubernetes secret: 43 bytes, or 44 with the line's end. */
const encoded = /(?<![\w+/=])[A-Za-z0-9+/]{57,58}(?:[A-Za-z0-9+/]|=)={1,2}(?![\w+/=])/g;

const encodedSecrets = (lines: readonly string[]): Seen[] =>
  lines.flatMap((text, index) =>
    [...text.matchAll(encoded)].flatMap(([match]) => {
      const secret = Buffer.from(match, "base64").toString("latin1").trimEnd();
      const isSecret = /^[\w-]{42}[AEIMQUYcgkosw048]$/.test(secret) && looksRandom(secret);
      return isSecret ? [{ line: index + 1, rule: "base64 of what may be a client secret", secret }] : [];
    }),
  );

/** `"abc" + "def"`, `'abc' . 'def'`, `"abc" \` and the next line, `"abc" "def"`. */
const seam = /(["'`])[ \t]*(?:[+.&]|\\|\|\||,)?[ \t]*(?:\r?\n[ \t]*)?(?:[+.&]|\|\|)?[ \t]*\1/g;

const splitSecrets = (text: string): Seen[] => {
  const seams = [...text.matchAll(seam)];
  if (seams.length === 0) return [];
  const joined = text.replace(seam, "");
  return [...joined.matchAll(secretShape)].flatMap(({ 0: secret, index }) => {
    if (!looksRandom(secret) || text.includes(secret)) return [];
    // Where its beginning stands in the file: its first piece is there in one.
    const at = text.indexOf(secret.slice(0, 6), index);
    const nearby = joined.slice(Math.max(0, index - 400), index + 400);
    return clientId.test(nearby) || /genesys|purecloud|client.?secret/i.test(nearby)
      ? [{ line: text.slice(0, at).split("\n").length, rule: "A secret in pieces", secret }]
      : [];
  });
};

/** @param text of one file */
export const hiddenSecrets = (path: string, text: string): Finding[] => {
  const lines = text.split(/\r?\n/);
  return [...barePairs(lines), ...encodedSecrets(lines), ...splitSecrets(text)].map(
    ({ line, rule, secret }) => ({
      path,
      line,
      rule,
      fingerprint: fingerprint(secret),
    }),
  );
};
