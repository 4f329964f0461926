import { fileURLToPath } from "node:url";
import { findSdkScript, type HostProcess, launch } from "./process.ts";

/** A program and everything that it is told. */
export interface ProgramOptions {
  /** The folder of Pulumi.yaml. */
  projectRoot: string;
  /** Where the program runs. */
  programDirectory: string;
  /** File or folder of the program, relative to `programDirectory`. */
  entryPoint: string;
  /** `runtime.options` of Pulumi.yaml. */
  runtimeOptions: Readonly<Record<string, unknown>>;
  project: string;
  stack: string;
  organization: string;
  config: ReadonlyMap<string, string>;
  secretKeys: readonly string[];
  planning: boolean;
  parallel: number;
  monitorAddress: string;
  engineAddress: string;
  environment: Readonly<Record<string, string | undefined>>;
  onStdout: (text: string) => void;
  onStderr: (text: string) => void;
}

const withoutSourceMaps = fileURLToPath(new URL("without-source-maps.cjs", import.meta.url));

/** The exit code of a program that has told the user what went wrong. */
export const exitCodeAfterReport = 32;

/**
 * Starts the program as Pulumi's language host does.
 * https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/cmd/pulumi-language-nodejs/main.go
 */
export const startProgram = (options: ProgramOptions): HostProcess => {
  const { typescript = true, tsconfig, nodeargs } = options.runtimeOptions;
  const argument = (name: string, value: string): string => `--${name}=${value}`;
  return launch({
    script: findSdkScript(options.programDirectory, "run"),
    nodeArguments: [
      ...(typescript === false ? ["-r", withoutSourceMaps] : []),
      ...(typeof nodeargs === "string" ? nodeargs.split(/\s+/).filter(Boolean) : []),
    ],
    args: [
      argument("monitor", options.monitorAddress),
      argument("engine", options.engineAddress),
      argument("organization", options.organization),
      argument("project", options.project),
      argument("root-directory", options.projectRoot),
      argument("stack", options.stack),
      argument("pwd", options.programDirectory),
      ...(options.planning ? ["--dry-run"] : []),
      argument("parallel", String(options.parallel)),
      options.entryPoint,
    ],
    cwd: options.programDirectory,
    environment: {
      ...options.environment,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(options.config)),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(options.secretKeys),
      PULUMI_NODEJS_TYPESCRIPT: String(typescript !== false),
      ...(typeof tsconfig === "string" && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
    },
    onStdout: options.onStdout,
    onStderr: options.onStderr,
  });
};
