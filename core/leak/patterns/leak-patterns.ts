import type { SecretPatternDefinition } from "../secret-pattern.ts";
import { basicCredentials } from "./basic-credentials.ts";
import { anyGap, onTheLine, rightAfter, valueWord } from "./gaps.ts";
import {
  afterSecret,
  afterSecretAndOn,
  beforeSecretWord,
  clientSecret,
  clientSecretWord,
  either,
  free,
  passing,
  passwordWord,
  platformOrClient,
  secretWord,
  serviceWord,
  shortWord,
  uuid,
  vendor,
} from "./words.ts";

/** Conditions on the secret: five at most, in all. A random one fails them less than once in a thousand times. */
const secretShape = {
  pattern: clientSecret,
  endDelimiter: afterSecret,
  mustMatch: ["[0-9]", "[a-z]([^a-z]*[a-z]){4}", "[A-Z]([^A-Z]*[A-Z]){4}"],
  // Names in code are words.
  mustNotMatch: ["[a-z]{12}|[A-Z]{12}|[0-9]{12}", "([A-Z]?[a-z]{3,}[_-]?){5}"],
  finds: "secret",
  pushProtection: true,
} as const;

const anything = "[\\s\\S]*";
/** A match that starts with the file spares Hyperscan the search for its start, and so takes contexts of any size. */
const fromTheTop = `\\A${anything}`;
const twoLines = "[^\\r\\n]*(\\r?\\n[^\\r\\n]*)?(\\r?\\n[^\\r\\n]*)?";
const besideSecret = `[^0-9A-Za-z]*`;
const passwordOrShort = either(`${passwordWord}${onTheLine}`, `${shortWord}${rightAfter}`);

/**
 * What GitHub, the scanner in CI and our own extraction look for. Each takes another way of writing a secret down, so
 * that one secret may be found by several.
 */
export const leakPatterns: readonly SecretPatternDefinition[] = [
  basicCredentials,
  {
    ...secretShape,
    id: "client-secret-on-line",
    name: "Genesys Cloud client secret",
    startDelimiter: `([Cc][Ll][Ii][Ee][Nn][Tt]|[Oo][Aa][Uu][Tt][Hh])[^0-9A-Za-z]*[Ss][Ee][Cc][Rr][Ee][Tt][A-Za-z0-9_]*${rightAfter}`,
    what: "A value called client secret, and nothing between the two but punctuation or a type.",
  },
  {
    ...secretShape,
    id: "client-secret-anywhere",
    name: "Genesys Cloud client secret, set apart from its label",
    startDelimiter: `${fromTheTop}${clientSecretWord}${anyGap}`,
    what: "A value called client secret, farther off: on a line before, in an object of name and value, or escaped.",
  },
  {
    ...secretShape,
    id: "secret-below-platform",
    name: "Genesys Cloud secret, below its platform or client id",
    startDelimiter: `${fromTheTop}${platformOrClient}${anything}${beforeSecretWord}${secretWord}${anyGap}`,
    what: "A value called secret in a file that named the platform or a client id before.",
  },
  {
    ...secretShape,
    id: "secret-above-platform",
    name: "Genesys Cloud secret, above its platform or client id",
    startDelimiter: `\\A(${anything}${beforeSecretWord})?${secretWord}${anyGap}`,
    endDelimiter: `${afterSecretAndOn}${anything}${platformOrClient}`,
    what: "A value called secret in a file that names the platform or a client id after it.",
  },
  {
    ...secretShape,
    id: "value-before-label",
    name: "Genesys Cloud client secret, before its label",
    startDelimiter: `${fromTheTop}${valueWord}`,
    endDelimiter: `${afterSecretAndOn}${passing("}\\r\\n")}${clientSecretWord}`,
    what: "A value on the line of a name that calls it a client secret, and before it.",
  },
  {
    ...secretShape,
    id: "secret-after-id",
    name: "Genesys Cloud secret, right after its client id",
    startDelimiter: `${fromTheTop}${uuid}${either(
      `${besideSecret}[^0-9A-Za-z_\\-]`,
      `${passing("\\r\\n:=&")}${free}`,
      `[^\\r\\n]*\\r?\\n${besideSecret}[A-Za-z]?${free}`,
    )}`,
    what: "A client id and right after it, with no label of its own, the secret.",
  },
  {
    ...secretShape,
    id: "secret-before-id",
    name: "Genesys Cloud secret, right before its client id",
    startDelimiter: `\\A(${anything}${free})?`,
    endDelimiter: `${afterSecretAndOn}${either(besideSecret, passing("\\r\\n:=&"), `[^\\r\\n]*\\r?\\n${besideSecret}`)}${uuid}`,
    what: "The secret with no label of its own, and right after it a client id.",
  },
  {
    ...secretShape,
    id: "password-below-platform",
    name: "Genesys Cloud secret called a password",
    startDelimiter: `${platformOrClient}${anything}${passwordWord}${anyGap}`,
    what: "A password or key in a file that named the platform or a client id before.",
  },
  {
    ...secretShape,
    id: "password-below-id",
    name: "Genesys Cloud secret beside its client id",
    startDelimiter: `${fromTheTop}${uuid}${twoLines}${passwordOrShort}`,
    what: "A password, or a value with a short name, on the line of a client id or the two below.",
  },
  {
    ...secretShape,
    id: "password-above-id",
    name: "Genesys Cloud secret above its client id",
    startDelimiter: `${fromTheTop}${passwordOrShort}`,
    endDelimiter: `${afterSecretAndOn}${twoLines}${uuid}`,
    what: "A password, or a value with a short name, on the line of a client id or the two above.",
  },
  {
    ...secretShape,
    id: "value-called-after-platform",
    name: "Genesys Cloud secret called after its platform",
    startDelimiter: `${fromTheTop}${vendor}([ ._-]?([Cc]loud|CLOUD))?${either("", `[ ._-]?${serviceWord}`)}${rightAfter}`,
    what: "A value that is called after the platform and nothing else.",
  },
];
