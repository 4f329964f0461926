import { fingerprint as fingerprintOf } from "../../fingerprint.ts";

/** Characters of a client secret: 32 bytes in base64url. */
const secretLength = 43;

/** As long as a secret and longer than an id: what could hold one. */
const longRun = /[\w-]{43,}/g;

/** A random run of that length has a digit, a capital and a small letter; names of files seldom have all three. */
const looksRandom = (run: string): boolean => /[0-9]/.test(run) && /[A-Z]/.test(run) && /[a-z]/.test(run);

const holds = (run: string, fingerprint: string): boolean => {
  for (let at = 0; at + secretLength <= run.length; at += 1) {
    if (fingerprintOf(run.slice(at, at + secretLength)) === fingerprint) return true;
  }
  return false;
};

/** Longer than a path may be on any system. */
const mostLength = 4_096;

/** Characters that end a line, hide text or turn its direction. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Text from outside (a path, a login, a repository's name) as it may be shown: on one line, of that length at most,
 * and without what could be the secret itself: people name files after anything.
 */
export const quoted = (text: string, mostCharacters: number, fingerprint?: string): string => {
  if (text.length > mostLength) return "[too long]";
  const masked = text.replaceAll(longRun, (run) =>
    looksRandom(run) || (fingerprint !== undefined && holds(run, fingerprint)) ? "[hidden]" : run,
  );
  const line = masked.replaceAll(unprintable, " ").trim();
  if (line === "") return "[empty]";
  const characters = [...line];
  if (characters.length <= mostCharacters) return line;
  // The end of a path says more than its middle.
  const head = Math.floor((mostCharacters - 1) / 3);
  const tail = mostCharacters - 1 - head;
  return [...characters.slice(0, head), "…", ...characters.slice(-tail)].join("");
};
