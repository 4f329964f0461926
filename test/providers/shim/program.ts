import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ClassName, Registered } from "./resources.ts";

const run = promisify(execFile);

export const root = join(__dirname, "../../..");

/** What a program registers that declares one resource of every class of the module. */
export const register = async (
  module: string,
  environment: Record<string, string> = {},
): Promise<Record<ClassName, Registered>> => {
  const { stdout } = await run(process.execPath, [join(__dirname, "register.ts"), module], {
    cwd: root,
    env: { ...process.env, ...environment },
    maxBuffer: 10 ** 7,
  });
  return JSON.parse(stdout) as Record<ClassName, Registered>;
};
