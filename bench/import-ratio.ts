import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type FunctionBundle, withScratch, writeBundles } from "./function-bundles.ts";
import { atMost, type Result } from "./result.ts";

const run = promisify(execFile);
const rounds = 21;

/** Prints how many microseconds of processor time an import takes, and fails where the module has no handler. */
const probe = `
const start = process.cpuUsage();
const { handler } = await import(process.argv[2]);
const { user, system } = process.cpuUsage(start);
if (typeof handler !== "function") throw new Error("There is no handler.");
console.log(user + system);
`;

/** What Lambda and the stack give a function. */
const environmentOf = (file: string): Record<string, string> => ({
  PATH: process.env.PATH ?? "",
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "none",
  AWS_SECRET_ACCESS_KEY: "none",
  LAMBDA_TASK_ROOT: dirname(file),
  GENESYSCLOUD_REGION: "us-east-1",
  LEDGER_TABLE: "ledger",
  SCHEDULE_GROUP: "retirements",
  RETIRE_FUNCTION_ARN: "arn:aws:lambda:us-east-1:123456789012:function:retire",
  SCHEDULER_ROLE_ARN: "arn:aws:iam::123456789012:role/scheduler",
  SCHEDULE_DEAD_LETTER_ARN: "arn:aws:sqs:us-east-1:123456789012:retire-dead-letters",
  METRIC_NAMESPACE: "CredentialGuard/prod",
  EMERGENCY_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/123456789012/emergencies.fifo",
});

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

interface Start {
  /** Milliseconds from the start of the process to its end. */
  process: number;
  /** Processor time of the import within it: less disturbed by what else the machine does. */
  import: number;
}

/**
 * How long a fresh process takes that imports a function, and the import within it, as multiples of what they take for
 * an empty module. The two are measured in turn and each pair gives one ratio: what else the machine does meets both.
 *
 * The goal of five is for the process. The import alone costs more than that for any text of 60 KB, even one that does
 * nothing (about six times, which is the engine reading it); its goal keeps an AWS SDK out, which takes a hundred.
 */
export const measureImports = (): Promise<Result[]> =>
  withScratch(async (folder) => {
    const probeFile = join(folder, "probe.mjs");
    writeFileSync(probeFile, probe);
    const empty = join(folder, "empty.mjs");
    writeFileSync(empty, "export const handler = () => {};\n");

    const startOf = async (file: string): Promise<Start> => {
      const began = performance.now();
      const { stdout } = await run(process.execPath, [probeFile, file], { env: environmentOf(file) });
      return { process: performance.now() - began, import: Number(stdout) };
    };

    const ratiosOf = async ({ name, file }: FunctionBundle): Promise<Result[]> => {
      const pairs: { ours: Start; none: Start }[] = [];
      for (let round = 0; round < rounds; round += 1) {
        // Whichever comes first has the colder caches.
        if (round % 2 === 0) {
          const none = await startOf(empty);
          pairs.push({ none, ours: await startOf(file) });
        } else {
          const ours = await startOf(file);
          pairs.push({ ours, none: await startOf(empty) });
        }
      }
      const ratio = (part: keyof Start): number =>
        Number(median(pairs.map(({ ours, none }) => ours[part] / none[part])).toFixed(2));
      const against = `against an empty module's (median of ${rounds})`;
      return [
        atMost(`fresh process that imports ${name}, ${against}`, ratio("process"), 5, "times", "ratio"),
        atMost(`import of ${name} alone, ${against}`, ratio("import"), 20, "times", "ratio"),
      ];
    };

    const results: Result[] = [];
    for (const each of writeBundles(folder)) results.push(...(await ratiosOf(each)));
    return results;
  });
