import { spawn } from "node:child_process";
import { join } from "node:path";

export interface GuardRun {
  exitCode: number;
  /** Everything it printed, without colours. */
  output: string;
}

const root = join(import.meta.dirname, "..", "..");

/** Runs the `guard` command as a user would, in this repository, and waits for its end. */
export const runGuard = (args: readonly string[], environment: Record<string, string>): Promise<GuardRun> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, "engine", "guard.mjs"), ...args], {
      cwd: root,
      env: { ...process.env, ...environment, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk.toString("utf8");
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", reject);
    child.once("close", (code) => resolve({ exitCode: code ?? 1, output }));
  });
