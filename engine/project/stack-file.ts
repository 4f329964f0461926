import { existsSync, readdirSync } from "node:fs";
import { extname } from "node:path";
import { GuardError } from "../model/errors.ts";
import { containsSecure } from "./config-value.ts";
import { parseConfigKey } from "./declaration.ts";
import { type Project, stackConfigPath } from "./project.ts";
import { isYamlMap, readYaml, type YamlMap, type YamlValue } from "./yaml.ts";

/** What a stack's file says beside its configuration. */
export interface StackSettings {
  path: string;
  /** Salt and proof of the passphrase, of a stack whose secrets a passphrase protects. */
  encryptionSalt?: string;
  /** `passphrase`, or the address of a key that guard cannot use, such as `awskms://...`. */
  secretsProvider?: string;
  /** The data key, encrypted by the key that `secretsprovider` names. */
  encryptedKey?: string;
  /** Full keys of the values that hold a ciphertext. */
  secureKeys: string[];
}

/** A stack's file, before it is merged with what the project declares. */
export interface StackFile {
  settings: StackSettings;
  /** By `namespace:name`, encrypted values as they stand in the file. */
  values: Map<string, YamlValue>;
}

const knownKeys = ["config", "encryptionsalt", "secretsprovider", "encryptedkey", "environment"];

/** Names of the stacks that have a configuration file, sorted. */
export const listStacks = (project: Project): string[] => {
  if (!existsSync(project.stackConfigDirectory)) return [];
  const suffix = extname(project.path);
  return readdirSync(project.stackConfigDirectory)
    .filter((name) => name.startsWith("Pulumi.") && name.endsWith(suffix) && name.length > 7 + suffix.length)
    .map((name) => name.slice(7, -suffix.length))
    .filter(isStackName)
    .sort();
};

/** Pulumi's rule, without the names that mean a folder. https://github.com/pulumi/pulumi/blob/master/sdk/go/common/tokens/stack_name.go */
export const isStackName = (name: string): boolean => /^(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/.test(name);

export const nameRule = "A stack's name is 1 to 100 letters, digits, hyphens, underscores or periods.";

/**
 * What is needed to choose a decrypter before the configuration can be read.
 *
 * @throws GuardError `unknown-stack`, `invalid-stack-file`
 */
export const readStackSettings = (project: Project, stackName: string): StackSettings =>
  readStackFile(project, stackName).settings;

/** @throws GuardError `secrets-provider` if the stack's secrets need something else than a passphrase */
export const requirePassphrase = ({ path, secretsProvider, encryptedKey }: StackSettings): void => {
  const provider = secretsProvider ?? (encryptedKey === undefined ? "passphrase" : "a key service");
  if (provider === "passphrase" || provider === "default") return;
  throw new GuardError(
    "secrets-provider",
    `The secrets of ${path} are protected by ${provider}, which guard cannot reach: use the Pulumi CLI, or ` +
      "`pulumi stack change-secrets-provider passphrase`.",
  );
};

/** @throws GuardError `unknown-stack`, `invalid-stack-file` */
export const readStackFile = (project: Project, stackName: string): StackFile => {
  const path = stackConfigPath(project, stackName);
  if (!isStackName(stackName) || !existsSync(path)) throw unknownStack(project, stackName, path);
  const content = readYaml(path) ?? {};
  const problems: string[] = [];
  const file = isYamlMap(content) ? content : void problems.push("it must be a map");
  const settings: StackSettings = { path, secureKeys: [] };
  const values = new Map<string, YamlValue>();
  if (file !== undefined) {
    noteKeys(file, problems);
    Object.assign(settings, readSettings(file, problems));
    for (const [name, value] of readConfig(file, problems)) {
      const key = parseConfigKey(project.name, name);
      if (key === undefined) problems.push(`config.${name}: a key is NAME or NAMESPACE:NAME`);
      else values.set(key, value);
    }
    settings.secureKeys.push(...[...values].filter(([, value]) => containsSecure(value)).map(([key]) => key));
  }
  if (problems.length > 0) {
    throw new GuardError("invalid-stack-file", [`${path} cannot be used:`, ...problems].join("\n  - "));
  }
  return { settings, values };
};

const noteKeys = (file: YamlMap, problems: string[]): void => {
  for (const key of Object.keys(file)) {
    if (!knownKeys.includes(key))
      problems.push(`unknown key ${key}; values of the stack belong under config:`);
  }
  if (file.environment !== undefined && file.environment !== null) {
    problems.push(
      "environment: (Pulumi ESC) is not supported by guard; use the Pulumi CLI, or put the values under config:",
    );
  }
};

const readSettings = (file: YamlMap, problems: string[]): Partial<StackSettings> => {
  const texts = new Map<string, string>();
  for (const key of ["encryptionsalt", "secretsprovider", "encryptedkey"]) {
    const value = file[key];
    if (typeof value === "string" && value !== "") texts.set(key, value);
    else if (value !== undefined && value !== null && value !== "") problems.push(`${key} must be a text`);
  }
  const encryptionSalt = texts.get("encryptionsalt");
  const secretsProvider = texts.get("secretsprovider");
  const encryptedKey = texts.get("encryptedkey");
  return {
    ...(encryptionSalt !== undefined && { encryptionSalt }),
    ...(secretsProvider !== undefined && { secretsProvider }),
    ...(encryptedKey !== undefined && { encryptedKey }),
  };
};

const readConfig = (file: YamlMap, problems: string[]): [string, YamlValue][] => {
  const config = file.config ?? {};
  if (isYamlMap(config)) return Object.entries(config);
  problems.push("config must be a map");
  return [];
};

const unknownStack = (project: Project, stackName: string, path: string): GuardError => {
  const named = `No stack ${JSON.stringify(stackName)}.`;
  const known = listStacks(project).join(", ");
  if (!isStackName(stackName))
    return new GuardError("unknown-stack", `${named} ${nameRule} Known: ${known || "none"}.`);
  const choice = known === "" ? "Create" : `Choose one of ${known}, or create`;
  return new GuardError("unknown-stack", `${named} ${choice} ${path}.`);
};
