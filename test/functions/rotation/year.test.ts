import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { proof } from "../../proof.ts";
import type { Year } from "./year.ts";

const run = promisify(execFile);
const program = join(process.cwd(), "test", "functions", "rotation", "year.ts");

proof(
  "50 clients rotated every 4 hours stay within their numbers and the quota, in days",
  { quick: 5, full: 365 },
  async (days, seed) => {
    // Most of what is made is garbage at once, and stays in the processor's cache if there is not too much of it.
    const options = ["--max-semi-space-size=16", program, String(days), String(seed)];
    const year: Year = JSON.parse((await run(process.execPath, options)).stdout);
    const { rotations, breaches, mostOfOne, limitOfOne, mostInAll, seconds } = year;
    console.log(
      `${rotations} rotations in ${seconds} s, at most ${mostOfOne} clients of one credential (limit ${limitOfOne}) and ${mostInAll} in all`,
    );
    expect(breaches).toEqual([]);
    expect(rotations).toBeGreaterThanOrEqual((days * 6 - 1) * 50);
  },
);
