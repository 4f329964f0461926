/**
 * The patterns as detectors of TruffleHog, which the scan in CI runs with. `node scripts/secret-scan/detectors.ts`
 * writes `.github/actions/secret-scan/detectors.yml`; a test fails where that file is another.
 *
 * https://github.com/trufflesecurity/trufflehog/blob/main/pkg/custom_detectors/CUSTOM_DETECTORS.md
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { leakPatterns } from "../../core/leak/patterns/leak-patterns.ts";
import type { SecretPatternDefinition } from "../../core/leak/secret-pattern.ts";

/** A detector sees the thousand characters around one of these; without any of them it is not asked. */
const keywords: Readonly<Record<SecretPatternDefinition["finds"], readonly string[]>> = {
  secret: ["secret", "scrt", "client", "oauth", "genesys", "pure", "pass", "pwd", "key", "cred", "-4"],
  basicCredentials: ["basic", "auth", "client", "genesys", "pure", "token", "login"],
};

/** What stands before the label means nothing, and the detector's text does not begin where the file does. */
const fromTheTop = /^\\A\[\\s\\S\]\*/;

/** What the capture group holds is the secret: no other group may capture. */
const withoutCaptures = (expression: string): string =>
  expression.replaceAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\((?!\?)/g, (part) =>
    part === "(" ? "(?:" : part,
  );

/** One expression in the dialect of RE2. */
export const detectorExpression = ({
  startDelimiter,
  pattern,
  endDelimiter,
}: SecretPatternDefinition): string => {
  const [start, secret, end] = [startDelimiter.replace(fromTheTop, ""), pattern, endDelimiter].map(
    withoutCaptures,
  );
  return `(?:${start})(${secret})(?:${end})`;
};

/**
 * The conditions on the secret that the scanner knows: it has none for "must match", and `exclude_regexes_capture`
 * for "must not".
 */
const detector = (definition: SecretPatternDefinition) => ({
  name: definition.name,
  keywords: [...keywords[definition.finds]],
  regex: { secret: detectorExpression(definition) },
  ...(definition.mustNotMatch.length > 0 && {
    exclude_regexes_capture: definition.mustNotMatch.map(withoutCaptures),
  }),
  ...(definition.finds === "secret" && {
    validations: { secret: { contains_digit: true, contains_lowercase: true, contains_uppercase: true } },
  }),
});

export const detectorsText = (): string =>
  `# Made from core/leak/patterns by scripts/secret-scan/detectors.ts.\n${stringify(
    { detectors: leakPatterns.map(detector) },
    { lineWidth: 0 },
  )}`;

export const detectorsFile = join(".github", "actions", "secret-scan", "detectors.yml");

if (process.argv[1]?.endsWith(join("secret-scan", "detectors.ts")))
  writeFileSync(detectorsFile, detectorsText());
