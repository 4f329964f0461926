/**
 * Scans a repository for secrets of Genesys Cloud clients, as CI does (`.github/actions/secret-scan`):
 *
 *     node scripts/secret-scan/main.ts [--repository FOLDER] [--base COMMIT] [--head COMMIT] [--scanner-report FILE]
 *
 * Without `--base` all that leads to `--head` (default HEAD) is scanned. `--scanner-report` is the JSON output of a run
 * of TruffleHog, whose findings pass the same allow-list. Exits 1 where anything is left, 2 where it could not look.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Allowlist, allowlistPath, parseAllowlist, suppress } from "./allowlist.ts";
import { distinct, type Finding } from "./finding.ts";
import { addedLines, blobsIn, GitError, type Range } from "./git.ts";
import { inlineIgnores } from "./inline-ignores.ts";
import { findingsIn } from "./patterns.ts";
import { scannerFindings } from "./scanner-report.ts";

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message */
const annotation = (path: string, line: number, message: string): string =>
  `::error file=${path.replaceAll(/[,:%\r\n]/g, encodeURIComponent)},line=${line}::${message.replaceAll(/[%\r\n]/g, encodeURIComponent)}`;

const advice =
  "Take it out, and have the credential rotated: it is in the history now. If it is no secret, add an entry to " +
  `${allowlistPath} with this path and fingerprint, an owner, a reason and an expiry; security reviews it.`;

const readAllowlist = (root: string): Allowlist => {
  const file = join(root, allowlistPath);
  return existsSync(file)
    ? parseAllowlist(readFileSync(file, "utf8"), Date.now())
    : { entries: [], problems: [] };
};

const scan = (
  root: string,
  range: Range,
): { findings: Finding[]; tooLarge: readonly string[]; files: number } => {
  const { blobs, tooLarge } = blobsIn(root, range);
  const findings: Finding[] = [];
  let files = 0;
  for (const { path, bytes } of blobs) {
    files += 1;
    findings.push(...findingsIn(path, bytes));
  }
  return { findings, tooLarge, files };
};

const main = (): number => {
  const { values } = parseArgs({
    options: {
      repository: { type: "string", default: "." },
      base: { type: "string" },
      head: { type: "string", default: "HEAD" },
      "scanner-report": { type: "string" },
    },
  });
  const { repository: root, base, head, "scanner-report": report } = values;
  const range = { head, ...(base !== undefined && { base }) };
  const allowlist = readAllowlist(root);
  const { findings, tooLarge, files } = scan(root, range);
  const theirs = report === undefined ? [] : scannerFindings(readFileSync(report, "utf8"));
  const { left, uses } = suppress(distinct([...findings, ...theirs]), allowlist);
  const ignores = inlineIgnores(addedLines(root, range) ?? "");

  for (const { path, line, rule, fingerprint } of left)
    console.log(annotation(path, line, `${rule}. ${advice} Fingerprint: ${fingerprint}`));
  for (const { path, line, comment } of ignores)
    console.log(
      annotation(
        path,
        line,
        `"${comment}" tells a scanner to look away without a review. Use ${allowlistPath} instead.`,
      ),
    );
  for (const problem of allowlist.problems) console.log(annotation(allowlistPath, 1, problem));
  for (const [index, count] of uses.entries())
    console.log(`Suppressed by ${allowlistPath}[${index}]: ${count} finding(s).`);
  for (const path of tooLarge) console.log(`::warning::${path} is larger than 5 MB and was not read.`);
  const failures = left.length + ignores.length + allowlist.problems.length;
  console.log(
    `${files} versions of files scanned: ${failures === 0 ? "nothing found" : `${failures} to mend`}.`,
  );
  return failures === 0 ? 0 : 1;
};

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof GitError)) throw error;
  console.log(`::error::${error.message}`);
  process.exitCode = 2;
}
