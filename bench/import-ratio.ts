import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type FunctionBundle, withScratch, writeBundles } from "./function-bundles.ts";
import { atMost, type Result } from "./result.ts";

const run = promisify(execFile);
const rounds = 31;

/** Prints how many milliseconds an import takes, and fails where the module has no handler. */
const probe = `
const start = performance.now();
const { handler } = await import(process.argv[2]);
const end = performance.now();
if (typeof handler !== "function") throw new Error("There is no handler.");
console.log(end - start);
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
  EMERGENCY_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/123456789012/emergencies.fifo",
});

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * How long the import of each function takes in a fresh process, as a multiple of an empty module's. The two are
 * measured in turn, each pair gives one ratio: what else the machine does meets both.
 */
export const measureImports = (): Promise<Result[]> =>
  withScratch(async (folder) => {
    const probeFile = join(folder, "probe.mjs");
    writeFileSync(probeFile, probe);
    const empty = join(folder, "empty.mjs");
    writeFileSync(empty, "export const handler = () => {};\n");
    const importOf = async (file: string): Promise<number> => {
      const { stdout } = await run(process.execPath, [probeFile, file], { env: environmentOf(file) });
      return Number(stdout);
    };
    const ratioOf = async ({ name, file }: FunctionBundle): Promise<Result> => {
      const ratios: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        // Whichever comes first has the colder caches.
        const first = round % 2 === 0 ? empty : file;
        const one = await importOf(first);
        const other = await importOf(first === empty ? file : empty);
        ratios.push(first === empty ? other / one : one / other);
      }
      const ratio = Number(median(ratios).toFixed(2));
      const what = `import of the function ${name} against an empty module's (median of ${rounds})`;
      return atMost(what, ratio, 5, "times", "ratio");
    };
    const results: Result[] = [];
    for (const each of writeBundles(folder)) results.push(await ratioOf(each));
    return results;
  });
