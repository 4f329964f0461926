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

/** The platform by its names. */
export const vendor = either(anyCase("genesys"), `${anyCase("pure")}[ ._-]?${anyCase("cloud")}`);

/** What a file holds that has to do with the platform, or with a client of it. */
export const platformOrClient = either(vendor, uuid);

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
export const shortWord = `[^0-9A-Za-z]${either(
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
