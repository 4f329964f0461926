/**
 * `npm test`: types, style, every test, and then a search of everything that the run wrote for the secrets that its
 * simulators handed out. Arguments go to jest. The last line is the count that jest itself gives.
 */
import { spawn, spawnSync } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { searchForSecrets } from "../sandbox/secrecy/search.ts";
import { installPython, pythonTools } from "./python/install.ts";

const root = join(import.meta.dirname, "..");
const tool = (name: string): string => join(root, "node_modules", ".bin", name);

const scratch = mkdtempSync(join(tmpdir(), "guard-test-"));
const issuedSecrets = join(scratch, "issued-secrets");
const written = join(scratch, "written");
mkdirSync(written);

const run = (name: string, args: string[]): boolean =>
  spawnSync(tool(name), args, { cwd: root, stdio: "inherit" }).status === 0;

/** The folders whose coverage has a limit. Their own tests must reach it: measuring takes half as long again. */
const measured = "/test/(core|providers|policies|apis)/";

/** The runs of jest: of the whole, coverage means something; of a selection, it does not. */
const runsOf = (selected: string[]): string[][] =>
  selected.length > 0
    ? [selected]
    : [
        [`--testPathIgnorePatterns=${measured}`, "--testPathIgnorePatterns=/node_modules/"],
        ["--coverage", `--testPathPatterns=${measured}`],
      ];

/** Shows what jest prints and keeps it for the search. */
const runJest = async (selected: string[], report: string): Promise<boolean> => {
  const args = [
    "--json",
    `--outputFile=${report}`,
    `--cacheDirectory=${join(tmpdir(), "guard-jest-cache")}`,
    ...selected,
  ];
  const environment = {
    ...process.env,
    TMPDIR: written,
    SANDBOX_ISSUED_SECRETS: issuedSecrets,
    ...(process.stdout.isTTY && { FORCE_COLOR: "1" }),
  };
  const child = spawn(tool("jest"), args, { cwd: root, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const log = createWriteStream(join(written, "jest.log"), { flags: "a" });
  for (const [from, to] of [
    [child.stdout, process.stdout] as const,
    [child.stderr, process.stderr] as const,
  ]) {
    from.pipe(to, { end: false });
    from.pipe(log, { end: false });
  }
  const code = await new Promise((resolve) => child.once("close", resolve));
  await new Promise((resolve) => log.end(resolve));
  return code === 0;
};

/** Before the tests, whose time limits are not made for a download; without it, those that need it say what is missing. */
const preparePython = (): boolean => {
  try {
    for (const tool of pythonTools) installPython(root, tool);
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
};

const checks: [name: string, passed: boolean][] = [
  ["python", preparePython()],
  ["types", run("tsc", ["--noEmit"])],
  ["style", run("biome", ["ci", "--error-on-warnings", "."])],
];
const reports: string[] = [];
for (const selected of runsOf(process.argv.slice(2))) {
  const report = join(scratch, `jest-${reports.length}.json`);
  reports.push(report);
  checks.push(["tests", await runJest(selected, report)]);
}

const { secrets, files, leaks } = searchForSecrets(issuedSecrets, [written]);
console.log(
  `${secrets} secrets handed out by simulators were searched for in ${files} files: ${leaks.length} leaks.`,
);
for (const leak of leaks) console.error(`A secret stands in clear in ${leak.slice(written.length + 1)}.`);
checks.push(["secrecy", leaks.length === 0]);

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
}

/** A run that left no report counts as one failure. */
const readReport = (report: string): Report => {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1 };
  }
};
const results = reports.map(readReport);
rmSync(scratch, { recursive: true, force: true });

const failures = checks.filter(([, passed]) => !passed).map(([name]) => name);
if (failures.length > 0) {
  console.error(`Failed: ${[...new Set(failures)].join(", ")}. See above.`);
  process.exitCode = 1;
}
const sum = (count: (result: Report) => number): number =>
  results.reduce((total, result) => total + count(result), 0);
// A suite that did not even load counts as one failure.
const failed = sum(
  ({ numFailedTests, numRuntimeErrorTestSuites }) => numFailedTests + numRuntimeErrorTestSuites,
);
console.log(`${sum(({ numPassedTests }) => numPassedTests)} passed, ${failed} failed`);
