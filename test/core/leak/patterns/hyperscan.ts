import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { SecretPatternDefinition } from "../../../../core/leak/secret-pattern.ts";
import { installPython } from "../../../../scripts/python/install.ts";

export interface HyperscanAnswer {
  /** Why it would not compile a pattern, by id. */
  refused: Readonly<Record<string, string>>;
  /** By text: pattern and secret, sorted. */
  texts: readonly (readonly [patternId: string, secret: string])[][];
  files: readonly (readonly [path: string, patternId: string])[];
  /** Of the files that are UTF-8. */
  lines: number;
}

/** Asks the real engine; see scan.py. */
export const askHyperscan = (
  patterns: readonly SecretPatternDefinition[],
  { texts = [], files = [] }: { texts?: readonly string[]; files?: readonly string[] },
): HyperscanAnswer => {
  const python = join(installPython(process.cwd(), "hyperscan"), "python3");
  const { stdout, stderr, status } = spawnSync(python, [join(import.meta.dirname, "scan.py")], {
    input: JSON.stringify({ patterns, texts, files }),
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`Hyperscan did not run: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout);
};
