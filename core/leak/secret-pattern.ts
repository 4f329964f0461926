/**
 * One custom secret pattern of GitHub, as data. The same definition becomes the resource `github:SecretPattern`, a
 * detector of the scanner in CI, and what our own extraction looks for.
 *
 * https://docs.github.com/en/code-security/reference/secret-security/custom-patterns
 */
export interface SecretPatternDefinition {
  /** Logical name of the resource; never changes. */
  id: string;
  /** Shown in alerts. A new name is a new pattern. */
  name: string;
  /** Matches the secret itself, and nothing of its context. */
  pattern: string;
  /** Must match right before the secret. */
  startDelimiter: string;
  /** Must match right after it. */
  endDelimiter: string;
  /** Further conditions on the secret: all must match, five at most. */
  mustMatch: readonly string[];
  mustNotMatch: readonly string[];
  /** What a match is: a client's secret alone, or the base64 of `CLIENT_ID:SECRET`. */
  finds: "secret" | "basicCredentials";
  /** Whether pushes that hold it are to be stopped, once a person has published the pattern. */
  pushProtection: boolean;
  /** What it is for, in a sentence. */
  what: string;
}
