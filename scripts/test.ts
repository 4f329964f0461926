/**
 * `npm test`: types, style, then every test. Arguments go to jest. The last line is the count that jest itself gives.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

const run = (command: string, args: string[]): boolean =>
  spawnSync(join(root, "node_modules", ".bin", command), args, { cwd: root, stdio: "inherit" }).status === 0;

const scratch = mkdtempSync(join(tmpdir(), "guard-test-"));
const report = join(scratch, "jest.json");
const checks = [
  run("tsc", ["--noEmit"]),
  run("biome", ["ci", "--error-on-warnings", "."]),
  run("jest", ["--json", `--outputFile=${report}`, "--coverage", ...process.argv.slice(2)]),
];

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numFailedTestSuites: number;
  numRuntimeErrorTestSuites: number;
}

const result = ((): Report | undefined => {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return undefined;
  }
})();
rmSync(scratch, { recursive: true, force: true });

if (checks.includes(false)) {
  const names = ["types", "style", "tests"].filter((_, index) => checks[index] === false);
  console.error(`Failed: ${names.join(", ")}. See above.`);
  process.exitCode = 1;
}
// A suite that did not even load failed as a whole.
const failed = (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 1);
console.log(`${result?.numPassedTests ?? 0} passed, ${failed} failed`);
