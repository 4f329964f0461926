import { statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { createManifest, type Deployment } from "../model/deployment.ts";
import { GuardError } from "../model/errors.ts";
import { openStackConfig } from "../project/open-stack-config.ts";
import { loadProject, type Project } from "../project/project.ts";
import { listStacks, type StackConfig } from "../project/stack-config.ts";
import { type Backend, openBackend } from "../state/backend.ts";
import { formatVersion } from "../state/checkpoint.ts";
import type { Command } from "./arguments.ts";
import type { Surroundings } from "./main.ts";

/** A stack of a project, ready to be read or changed. */
export interface Stack {
  project: Project;
  name: string;
  config: StackConfig;
  backend: Backend;
}

/**
 * Opens the stack that the command line names.
 *
 * @throws GuardError for every reason why the stack, its configuration or its secrets cannot be read
 */
export const openStack = async (
  { cwd, configFile, stack: name }: Command,
  { directory, environment }: Surroundings,
): Promise<Stack> => {
  const from = resolve(directory, cwd ?? ".");
  const found = loadProject(from);
  const project = configFile === undefined ? found : { ...found, configFile: resolve(from, configFile) };
  if (name === undefined) {
    const known = listStacks(project).join(", ");
    throw new GuardError(
      "no-stack",
      `Name the stack with --stack NAME${known && `; this project has ${known}`}.`,
    );
  }
  const config = await openStackConfig(project, name, environment);
  return { project, name, config, backend: openBackend({ project, environment }) };
};

/** The state of a stack that was never deployed. */
export const emptyDeployment = (): Deployment => ({
  manifest: createManifest(formatVersion, new Date()),
  resources: [],
});

/**
 * Where the program runs and which file or folder it is, as Pulumi splits `main`: a file runs in its own folder.
 */
export const programLocation = ({ main }: Project): { programDirectory: string; entryPoint: string } =>
  statSync(main).isDirectory()
    ? { programDirectory: main, entryPoint: "." }
    : { programDirectory: dirname(main), entryPoint: basename(main) };
