import { GuardError } from "../model/errors.ts";
import { type ConfigText, type Decrypter, decryptSecure, toConfigText } from "./config-value.ts";
import { type ConfigDeclaration, matchesType, typeName } from "./declaration.ts";
import type { Project } from "./project.ts";
import { readStackFile, requirePassphrase, type StackFile, type StackSettings } from "./stack-file.ts";
import type { YamlValue } from "./yaml.ts";

export type { Decrypter } from "./config-value.ts";
export { listStacks, readStackSettings, type StackSettings } from "./stack-file.ts";

/** The configuration of a stack as its program receives it. */
export interface StackConfig {
  path: string;
  settings: StackSettings;
  /**
   * By `namespace:name`, declared defaults included, secrets in clear: arrays and objects are JSON. To be passed
   * to the program as the JSON object in PULUMI_CONFIG.
   */
  config: Map<string, string>;
  /** Full keys, sorted; the JSON list in PULUMI_CONFIG_SECRET_KEYS. */
  secretKeys: string[];
  /** Full keys of the values that are arrays or objects, sorted. */
  structuredKeys: string[];
}

/** Configuration of Pulumi's engine itself that guard's engine does not have. */
const unsupportedKeys = ["pulumi:disable-default-providers", "pulumi:autonaming"];

/**
 * The configuration of a stack, merged with what Pulumi.yaml declares and checked against it as the CLI does.
 * https://github.com/pulumi/pulumi/blob/master/pkg/workspace/config.go (`ValidateStackConfigAndApplyProjectConfig`)
 *
 * @param decrypt only needed if a value is encrypted
 * @throws GuardError `unknown-stack`; `invalid-stack-file`; `secrets-provider` if a value was encrypted by something
 * else than a passphrase; `locked-config` if a value is encrypted and there is no `decrypt`; `invalid-config` with
 * every mistake at once
 */
export const loadStackConfig = (project: Project, stackName: string, decrypt?: Decrypter): StackConfig =>
  mergeStackConfig(project, stackName, readStackFile(project, stackName), decrypt);

/** `loadStackConfig` for a stack file that has been read already. */
export const mergeStackConfig = (
  project: Project,
  stackName: string,
  { settings, values }: StackFile,
  decrypt?: Decrypter,
): StackConfig => {
  const secure = new Set(settings.secureKeys);
  if (secure.size > 0) requirePassphrase(settings);

  const plain = new Map<string, ConfigText>();
  for (const [key, value] of values) {
    plain.set(key, toConfigText(secure.has(key) ? decryptSecure(value, unlocked(settings, decrypt)) : value));
  }
  const problems: string[] = [];
  for (const declaration of project.configDeclarations.values()) {
    applyDeclaration(declaration, plain, secure, problems);
  }
  for (const key of unsupportedKeys) {
    if (plain.has(key)) problems.push(`${key} is not supported by guard; use the Pulumi CLI`);
  }
  if (problems.length > 0) {
    throw new GuardError(
      "invalid-config",
      [`The configuration of stack ${stackName} has mistakes (${settings.path}):`, ...problems].join(
        "\n  - ",
      ),
    );
  }
  const sorted = [...plain].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    path: settings.path,
    settings,
    config: new Map(sorted.map(([key, { text }]) => [key, text])),
    secretKeys: [...secure].sort(),
    structuredKeys: sorted.filter(([, { structured }]) => structured).map(([key]) => key),
  };
};

const unlocked = (settings: StackSettings, decrypt: Decrypter | undefined): Decrypter => {
  if (decrypt !== undefined) return decrypt;
  throw new GuardError(
    "locked-config",
    `${settings.path} holds encrypted values (${settings.secureKeys.join(", ")}): set PULUMI_CONFIG_PASSPHRASE or ` +
      "PULUMI_CONFIG_PASSPHRASE_FILE.",
  );
};

const applyDeclaration = (
  declaration: ConfigDeclaration,
  plain: Map<string, ConfigText>,
  secure: ReadonlySet<string>,
  problems: string[],
): void => {
  const { key, own, type, items } = declaration;
  const fallback = declaration.default ?? declaration.value;
  if (!plain.has(key) && fallback !== undefined) plain.set(key, toConfigText(fallback));
  const given = plain.get(key);
  if (given === undefined) {
    if (own) problems.push(`${key} is missing: ${declaration.description ?? `add it under config:`}`);
    return;
  }
  if (type === undefined) return;
  if (declaration.secret && !secure.has(key)) {
    problems.push(`${key} is a secret and must be encrypted: \`pulumi config set --secret ${key}\``);
  }
  if (!matchesType(type, items, given.structured ? (JSON.parse(given.text) as YamlValue) : given.text)) {
    problems.push(`${key} must be of type ${typeName(type, items)}, for example ${example(type)}`);
  }
};

const example = (type: NonNullable<ConfigDeclaration["type"]>): string =>
  ({ string: '"text"', integer: "3600", boolean: "true", array: "[ ... ]", object: "{ name: value }" })[type];
