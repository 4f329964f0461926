import { leakPatterns } from "../core/leak/patterns/leak-patterns.ts";
import type { SecretScanningConfig } from "./config/schema.ts";

type Pattern = SecretScanningConfig["patterns"][number];

const builtIn = leakPatterns.map(
  ({ finds: _, what: __, mustMatch, mustNotMatch, ...pattern }): Pattern => ({
    ...pattern,
    mustMatch: [...mustMatch],
    mustNotMatch: [...mustNotMatch],
  }),
);

/** The patterns of every stack, and what this one adds. */
export const secretPatterns = ({ patterns }: SecretScanningConfig): Pattern[] => [...builtIn, ...patterns];
