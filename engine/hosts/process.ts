import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { GuardError } from "../model/errors.ts";

/** A Node process of Pulumi's SDK: the program, the host of dynamic providers or the host of a policy pack. */
export interface HostProcess {
  /** The exit code, or undefined for a process that a signal ended. */
  readonly exited: Promise<number | undefined>;
  /** Asks the process to end, and after `graceSeconds` (default 2) ends it. Resolves when it has gone. */
  stop(graceSeconds?: number): Promise<void>;
}

export interface LaunchOptions {
  /** Absolute path of the script. */
  script: string;
  /** Arguments of Node itself. */
  nodeArguments?: string[];
  args: string[];
  cwd: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** Receives what the process prints, in pieces as they arrive. */
  onStdout: (text: string) => void;
  onStderr: (text: string) => void;
}

/**
 * A host lives for seconds and makes many short-lived objects: with Node's default of 16 MiB for them, a program of
 * 300 resources spends an eighth of its time on collecting garbage.
 */
const youngSpace = "--max-semi-space-size=64";

/** Of every host. */
const preloads = ["exit-with-parent.cjs", "load-late.cjs"].flatMap((file) => [
  "-r",
  fileURLToPath(new URL(file, import.meta.url)),
]);

/**
 * The path of a script of `@pulumi/pulumi` as a program in `directory` would load it.
 *
 * @throws GuardError `missing-sdk`
 */
export const findSdkScript = (directory: string, script: string): string => {
  try {
    return createRequire(join(directory, "index.js")).resolve(`@pulumi/pulumi/cmd/${script}`);
  } catch (cause) {
    throw new GuardError(
      "missing-sdk",
      `@pulumi/pulumi cannot be found from ${directory}. Run \`npm install\` there.`,
      { cause },
    );
  }
};

/**
 * Starts a host in a process group of its own, so that Ctrl-C reaches the engine alone and running operations can
 * finish.
 */
export const launch = (options: LaunchOptions): HostProcess => {
  const child = spawn(
    process.execPath,
    [youngSpace, ...preloads, ...(options.nodeArguments ?? []), options.script, ...options.args],
    {
      cwd: options.cwd,
      env: { ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    },
  );
  child.stdout.setEncoding("utf8").on("data", options.onStdout);
  child.stderr.setEncoding("utf8").on("data", options.onStderr);
  const exited = new Promise<number | undefined>((resolve) => {
    // "close" comes after the last output.
    child.once("close", (code) => resolve(code ?? undefined));
    child.once("error", (error) => {
      options.onStderr(`${error.message}\n`);
      resolve(undefined);
    });
  });
  return { exited, stop: (graceSeconds = 2) => stop(child, exited, graceSeconds) };
};

const stop = async (child: ChildProcess, exited: Promise<unknown>, graceSeconds: number): Promise<void> => {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceSeconds * 1000);
  await exited;
  clearTimeout(timer);
};
