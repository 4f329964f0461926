/**
 * The parts that the patterns are put together from: expressions in the dialect of GitHub's custom patterns, with the
 * case spelled out.
 */

/** The same letters in either case. */
const anyCase = (word: string): string =>
  word.replaceAll(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`);

/** Several expressions, one of which is to match. */
export const either = (...expressions: readonly string[]): string => `(${expressions.join("|")})`;

/**
 * 32 bytes in base64url without padding. 43 characters hold two bits more than 32 bytes have, so that the last one is
 * one of sixteen.
 */
export const clientSecret = "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]";

/** A client's id. */
export const uuid = "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";

/** What may not touch a secret that stands free: it would be a part of a hash, a token, a path or a name. */
export const free = "[^0-9A-Za-z_=.+/~\\-]";

/** After a secret. A full stop ends a sentence, or is inside a token. */
export const afterSecret = either("\\z", free, "\\.(\\z|\\s)", "-->");

/** The same where more has to follow. */
export const afterSecretAndOn = either(free, "\\.\\s");

/** The platform by its names. */
export const vendor = either(anyCase("genesys"), `${anyCase("pure")}[ ._-]?${anyCase("cloud")}`);

/** What a file holds that has to do with the platform, or with a client of it. */
export const platformOrClient = either(vendor, uuid);

/**
 * Any text but these characters, and no other secret: a label names the first value after it, and not the second.
 *
 * @param excluded as within a class
 */
export const passing = (excluded: string): string =>
  `([A-Za-z0-9_-]{0,39}[^A-Za-z0-9_${excluded}-])*[A-Za-z0-9_-]{0,39}`;

/** Secrets that a program keeps for itself, and that look just like a client's. */
const otherSecrets = ["session", "cookie", "jwt", "csrf", "xsrf", "webhook", "hmac", "signing", "encryption"];

/** One more character that, with those before it, is the end of none of the words. */
const endingInNoneOf = (words: readonly string[]): string => {
  const byEnd = Map.groupBy(words, (word) => word.slice(-1));
  const ends = [...byEnd].flatMap(([end, which]) => {
    const before = which.map((word) => word.slice(0, -1));
    return before.includes("") ? [] : `${endingInNoneOf(before)}${anyCase(end)}`;
  });
  const letters = [...byEnd.keys()].map((end) => (end === "-" ? "\\-" : `${end.toUpperCase()}${end}`));
  return either(`[^${letters.join("")}]`, ...ends);
};

/** Before a secret that is not such a program's own. */
export const beforeSecretWord = endingInNoneOf(
  otherSecrets.flatMap((word) => [word, `${word}_`, `${word}-`]),
);

export const secretWord = either(anyCase("secret"), anyCase("scrt"));

/** A label that says it all. */
export const clientSecretWord = `${either(
  anyCase("client"),
  anyCase("oauth"),
  anyCase("consumer"),
  vendor,
  "[^0-9A-Za-z]([Gg][Cc][Xx]?|GCX?|[Pp][Cc])",
)}('s|2)?[^0-9A-Za-z]*${either(secretWord, "[Ss]ec", "SEC")}`;

/** What secrets are called by those who do not call them so. */
export const passwordWord = either(
  anyCase("passw"),
  anyCase("passphrase"),
  anyCase("passcode"),
  anyCase("pwd"),
  anyCase("credential"),
  `${anyCase("api")}[_-]?${anyCase("key")}`,
  `${anyCase("client")}[_-]?${anyCase("key")}`,
  `${anyCase("auth")}[_-]?${anyCase("key")}`,
  anyCase("securestring"),
  anyCase("geheim"),
  anyCase("segredo"),
  anyCase("segreto"),
  "シークレット",
  "秘密",
  "密钥",
  "密鑰",
  "비밀",
);

/** Short names that mean something beside a client's id alone. */
export const shortWord = `[^0-9A-Za-z_-](--?)?${either(
  anyCase("pass"),
  anyCase("pw"),
  anyCase("key"),
  anyCase("cred"),
  anyCase("creds"),
  anyCase("sec"),
  anyCase("cs"),
  anyCase("sk"),
  "[Ss]",
  "[Pp]",
)}`;

/** What follows the platform's name in that of a credential of it. */
export const serviceWord = either(
  `(${anyCase("api")}|${anyCase("oauth")})?[ ._-]?${either(anyCase("key"), anyCase("credential"), anyCase("cred"), anyCase("auth"), anyCase("pass"), anyCase("pw"))}`,
  anyCase("api"),
  anyCase("oauth"),
);
