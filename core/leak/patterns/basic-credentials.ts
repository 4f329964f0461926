import type { SecretPatternDefinition } from "../secret-pattern.ts";

/**
 * base64 of `CLIENT_ID:SECRET`, four characters for three bytes. What the bytes may be tells what the characters may
 * be: the first of each four holds the top bits of a hexadecimal digit, of a dash or colon, or of base64url.
 */
const any = "[A-Za-z0-9+/]";
const hexadecimal = `[MNOQRYZ]${any}{3}`;
const ofSecret = `[L-OQ-Za-e]${any}{3}`;

/** The four characters that a dash ends, and the one that it starts. */
const endsInDash = `[MNOQRYZ]${any}{2}t`;
const startsWithDash = `L${any}{3}`;
const dashInside = `[MNOQRYZ][CSiy][01]${any}`;
const id = `(${hexadecimal}){2}${endsInDash}${hexadecimal}${dashInside}${hexadecimal}${startsWithDash}${endsInDash}(${hexadecimal}){4}`;
const colon = `O[i-n]${any}{2}`;
/** Lines end after 64 characters from openssl, after 76 from coreutils. */
const lineEnd = "(\\r?\\n[ \\t]*)?";
/** A newline within the encoded text is what `echo` puts there. */
const lastOfSecret = `[L-OQ-Za-e]${any}[AEMQUcgks08]`;
const secret = `(${ofSecret}){3}${lineEnd}(${ofSecret}){3}${lineEnd}(${ofSecret}){7}${lastOfSecret}[=K]?`;

export const basicCredentials: SecretPatternDefinition = {
  id: "basic-credentials",
  name: "Genesys Cloud Basic Credentials",
  pattern: `${id}${colon}${secret}`,
  startDelimiter: "\\A|[^0-9A-Za-z+/]|%20",
  endDelimiter: "\\z|[^0-9A-Za-z+/=]",
  mustMatch: [],
  mustNotMatch: [],
  finds: "basicCredentials",
  pushProtection: true,
  what: "The base64 of a client id and its secret, as in an Authorization header.",
};
