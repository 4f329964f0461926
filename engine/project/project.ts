import { existsSync, statSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { GuardError } from "../model/errors.ts";
import { type ConfigDeclaration, parseDeclarations } from "./declaration.ts";
import { isYamlMap, readYaml, type YamlMap, type YamlValue } from "./yaml.ts";

export type { ConfigDeclaration, ConfigItems, ConfigType } from "./declaration.ts";

/** A Pulumi.yaml that the engine can run. */
export interface Project {
  /** The folder of Pulumi.yaml. */
  root: string;
  /** Pulumi.yaml itself. */
  path: string;
  name: string;
  description?: string;
  /** Absolute path of the program: a file, or a folder whose package.json names the file. */
  main: string;
  runtime: { name: "nodejs"; options: Record<string, unknown> };
  /** By `namespace:name`. */
  configDeclarations: ReadonlyMap<string, ConfigDeclaration>;
  /** Where the `Pulumi.<stack>.yaml` files are. */
  stackConfigDirectory: string;
  /** Absolute path of the file that takes the place of every stack's own. */
  configFile?: string;
  /** `backend.url` of Pulumi.yaml: where state is kept if PULUMI_BACKEND_URL is unset. */
  backendUrl?: string;
}

const fileNames = ["Pulumi.json", "Pulumi.yaml", "Pulumi.yml"];

/** Features of Pulumi.yaml that change what a deployment does and that the engine does not have. */
const unsupported: readonly [string, string][] = [
  ["plugins", "plugins: chooses plugin binaries, and the engine runs none"],
  ["packages", "packages: declares plugin packages, and the engine runs none"],
  ["options", "options.refresh: makes every operation refresh first; run `guard refresh` instead"],
  [
    "requiredPulumiVersion",
    "requiredPulumiVersion: judges the version of the Pulumi CLI, which the engine is not",
  ],
];

/**
 * Finds Pulumi.yaml in a folder or the nearest one above it.
 * https://www.pulumi.com/docs/iac/concepts/projects/project-file/
 *
 * @throws GuardError `no-project`, or `invalid-project` with every mistake and every unsupported feature at once
 */
export const loadProject = (directory: string): Project => {
  const path = findProject(resolve(directory));
  const content = readYaml(path);
  const problems: string[] = [];
  const project = isYamlMap(content)
    ? parseProject(path, content, problems)
    : void problems.push("it must be a map with name and runtime");
  if (project === undefined || problems.length > 0) {
    throw new GuardError("invalid-project", [`${path} cannot be run:`, ...problems].join("\n  - "));
  }
  return project;
};

const findProject = (start: string): string => {
  for (let directory = start; ; directory = dirname(directory)) {
    const path = fileNames.map((name) => join(directory, name)).find(isFile);
    if (path !== undefined) return path;
    if (directory === dirname(directory)) break;
  }
  throw new GuardError(
    "no-project",
    `No Pulumi.yaml in ${start} or any folder above it. Change into the project, or name its folder with --cwd.`,
  );
};

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

const parseProject = (path: string, content: YamlMap, problems: string[]): Project | undefined => {
  const root = dirname(path);
  const name = parseName(content.name, problems);
  const runtime = parseRuntime(content.runtime, problems);
  const main = resolve(root, text(content.main, "main", problems) ?? ".");
  if (!existsSync(main)) problems.push(`main: ${main} does not exist`);
  for (const [feature, reason] of unsupported) {
    const value = content[feature];
    const empty =
      value === undefined || value === null || (isYamlMap(value) && Object.keys(value).length === 0);
    if (!empty) problems.push(`not supported by guard: ${reason}`);
  }
  const declarations = isYamlMap(content.config) ? content.config : {};
  const configDeclarations = parseDeclarations(name ?? "", declarations, problems);
  const description = text(content.description, "description", problems);
  const backendUrl = isYamlMap(content.backend)
    ? text(content.backend.url, "backend.url", problems)
    : undefined;
  if (name === undefined || runtime === undefined) return undefined;
  return {
    root,
    path,
    name,
    main,
    runtime,
    configDeclarations,
    stackConfigDirectory: resolve(root, stackConfigDirectory(content, problems)),
    ...(description !== undefined && { description }),
    ...(backendUrl !== undefined && { backendUrl }),
  };
};

const parseName = (name: YamlValue | undefined, problems: string[]): string | undefined => {
  if (typeof name === "string" && /^(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/.test(name)) return name;
  problems.push("name: must be 1 to 100 letters, digits, hyphens, underscores or periods");
  return undefined;
};

const parseRuntime = (runtime: YamlValue | undefined, problems: string[]): Project["runtime"] | undefined => {
  const name = isYamlMap(runtime) ? runtime.name : runtime;
  const options = (isYamlMap(runtime) ? runtime.options : undefined) ?? {};
  if (name !== "nodejs") {
    problems.push(
      `runtime: guard runs nodejs programs only, not ${JSON.stringify(name ?? null)}; use the Pulumi CLI for others`,
    );
    return undefined;
  }
  if (isYamlMap(options)) return { name, options };
  problems.push("runtime.options: must be a map");
  return undefined;
};

/** `config:` was once the name of this key, when it holds a text. */
const stackConfigDirectory = (content: YamlMap, problems: string[]): string => {
  const directory = text(content.stackConfigDir, "stackConfigDir", problems);
  if (isYamlMap(content.config) || content.config === undefined || content.config === null)
    return directory ?? ".";
  const former = text(content.config, "config", problems);
  if (directory !== undefined)
    problems.push("give stackConfigDir alone: config, as a text, is its former name");
  return directory ?? former ?? ".";
};

const text = (value: YamlValue | undefined, key: string, problems: string[]): string | undefined => {
  if (typeof value === "string") return value === "" ? undefined : value;
  if (value !== undefined && value !== null) problems.push(`${key}: must be a text`);
  return undefined;
};

/** Where the configuration of a stack is, in the same format as the project's own file. */
export const stackConfigPath = (project: Project, stack: string): string =>
  project.configFile ?? join(project.stackConfigDirectory, `Pulumi.${stack}${extname(project.path)}`);
