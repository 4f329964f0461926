/**
 * `npm run prove`: every proof at its full number of rounds, then a line for each with its rounds, seed and result.
 * `PROOF_SEED=N` runs another sequence; arguments go to jest (a path, for one proof alone).
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "guard-prove-"));
const report = join(scratch, "jest.json");
const jest = spawnSync(
  join(root, "node_modules", ".bin", "jest"),
  ["--testNamePattern=^(.* )?proof: ", "--json", `--outputFile=${report}`, ...process.argv.slice(2)],
  { cwd: root, stdio: "inherit", env: { ...process.env, PROOF: "full" } },
);

interface Assertion {
  title: string;
  status: string;
  duration: number | null;
}

const { testResults }: { testResults: { assertionResults: Assertion[] }[] } = JSON.parse(
  readFileSync(report, "utf8"),
);
rmSync(scratch, { recursive: true, force: true });

const proofs = testResults
  .flatMap((suite) => suite.assertionResults)
  .filter(({ title, status }) => title.startsWith("proof: ") && status !== "pending");
console.log();
for (const { title, status, duration } of proofs) {
  console.log(
    `${status === "passed" ? "holds" : "FAILS"}  ${title.slice("proof: ".length)}  ${((duration ?? 0) / 1000).toFixed(1)} s`,
  );
}
const failed = proofs.filter(({ status }) => status !== "passed").length;
console.log(`${proofs.length - failed} passed, ${failed} failed`);
if (jest.status !== 0 || proofs.length === 0) process.exitCode = 1;
