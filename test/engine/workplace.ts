import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PassThrough } from "node:stream";
import { main } from "../../engine/cli/main.ts";
import type { Deployment, ResourceState } from "../../engine/model/deployment.ts";
import type { Declaration } from "./programs/things/index.ts";
import { openWorld, type World } from "./world.ts";

const root = resolve(import.meta.dirname, "../..");

/** As guard gives it to the processes that it starts, which is half of their time. One for all runs. */
const compileCache = join(root, "node_modules", ".cache", "node-compile-cache");

/** The part of the CLI's JSON that the tests look at. */
export interface Digest {
  steps?: { op: string; urn: string }[];
  changeSummary?: Record<string, number>;
  summary?: Record<string, number>;
  diagnostics?: { urn?: string; message: string; severity: string }[];
}

export interface Outcome {
  code: number;
  /** Everything that was printed. */
  text: string;
  /** With `--json`: the object that was printed. */
  json: Digest;
}

/** A copy of one of the programs in a folder of its own, with a world to act on and a stack `dev`. */
export interface Workplace {
  directory: string;
  world: World;
  environment: Record<string, string | undefined>;
  declare(...declarations: Declaration[]): void;
  /** Runs the command in this process, on the stack `dev`. */
  guard(...args: string[]): Promise<Outcome>;
  /** Starts the command as a process of its own. */
  start(...args: string[]): ChildProcess;
  /** The state as it is on the disk. */
  deployment(): Deployment;
  resource(name: string): ResourceState | undefined;
  close(): Promise<void>;
}

export const openWorkplace = async (program: string, config = ""): Promise<Workplace> => {
  const directory = mkdtempSync(join(tmpdir(), "guard-engine-"));
  const world = await openWorld();
  const declarations = join(directory, "declarations.json");
  cpSync(join(import.meta.dirname, "programs", program), directory, { recursive: true });
  mkdirSync(join(directory, ".guard"));
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  writeFileSync(
    join(directory, "package.json"),
    '{ "name": "program", "type": "module", "main": "index.ts" }',
  );
  writeFileSync(
    join(directory, "Pulumi.yaml"),
    "name: program\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  writeFileSync(join(directory, "Pulumi.dev.yaml"), config);
  writeFileSync(declarations, "[]");
  const environment: Workplace["environment"] = {
    PULUMI_CONFIG_PASSPHRASE: randomBytes(12).toString("hex"),
    PATH: process.env.PATH,
    HOME: directory,
    NODE_COMPILE_CACHE: compileCache,
    WORLD: world.url,
    DECLARATIONS: declarations,
  };
  const statePath = join(directory, ".guard/.pulumi/stacks/program/dev.json");
  const deployment = () =>
    (JSON.parse(readFileSync(statePath, "utf8")) as { checkpoint: { latest: Deployment } }).checkpoint.latest;
  return {
    directory,
    world,
    environment,
    deployment,
    declare: (...list) => writeFileSync(declarations, JSON.stringify(list)),
    guard: (...args) => run(directory, environment, args),
    start: (...args) =>
      spawn(process.execPath, [join(root, "engine/guard.mjs"), ...args, "--stack", "dev"], {
        cwd: directory,
        env: environment,
        stdio: ["ignore", "pipe", "pipe"],
      }),
    resource: (name) => deployment().resources?.find(({ urn }) => urn.endsWith(`::${name}`)),
    close: async () => {
      await world.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

const run = async (
  directory: string,
  environment: Workplace["environment"],
  args: string[],
): Promise<Outcome> => {
  const output = new PassThrough();
  const errors = new PassThrough();
  let printed = "";
  let text = "";
  output.on("data", (chunk: Buffer) => {
    printed += chunk;
    text += chunk;
  });
  errors.on("data", (chunk: Buffer) => {
    text += chunk;
  });
  const withStack = args.includes("--stack") ? args : [...args, "--stack", "dev"];
  const code = await main(withStack, {
    directory,
    environment,
    input: new PassThrough(),
    output,
    errors,
    color: false,
  });
  const isJson = args.includes("--json") && printed.startsWith("{");
  return { code, text, json: isJson ? (JSON.parse(printed) as Digest) : {} };
};
