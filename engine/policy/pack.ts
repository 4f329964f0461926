import { existsSync } from "node:fs";
import { join } from "node:path";
import { findSdkScript } from "../hosts/process.ts";
import { type ServerHost, startServer } from "../hosts/server.ts";
import { GuardError } from "../model/errors.ts";
import { isYamlMap, readYaml } from "../project/yaml.ts";

/** A policy pack as it is named on the command line. */
export interface PolicyPackChoice {
  /** The folder of PulumiPolicy.yaml. */
  directory: string;
  /** JSON file with the pack's configuration. */
  configFile: string | undefined;
}

/** What a pack is told about the deployment that it judges. */
export interface PackOptions {
  project: string;
  stack: string;
  organization: string;
  planning: boolean;
  config: ReadonlyMap<string, string>;
  engineAddress: string;
  environment: Readonly<Record<string, string | undefined>>;
  onOutput: (text: string) => void;
}

/**
 * Starts the host of a policy pack, in the pack's own folder and with the SDK found there, as Pulumi does.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/analyzer_plugin.go (`constructEnv`)
 *
 * @throws GuardError `bad-policy-pack`, `missing-sdk`, `host-failed`
 */
export const startPack = async (directory: string, options: PackOptions): Promise<ServerHost> => {
  requireNodejs(directory);
  const names = {
    ORGANIZATION: options.organization,
    PROJECT: options.project,
    STACK: options.stack,
    DRY_RUN: String(options.planning),
  };
  return startServer({
    what: `The policy pack in ${directory}`,
    script: findSdkScript(directory, "run-policy-pack"),
    args: [options.engineAddress, directory],
    cwd: directory,
    environment: {
      ...options.environment,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(options.config)),
      ...Object.fromEntries(
        Object.entries(names).flatMap(([name, value]) => [
          [`PULUMI_${name}`, value],
          [`PULUMI_NODEJS_${name}`, value],
        ]),
      ),
    },
    onStdout: options.onOutput,
    onStderr: options.onOutput,
  });
};

const requireNodejs = (directory: string): void => {
  const path = ["PulumiPolicy.yaml", "PulumiPolicy.yml"]
    .map((name) => join(directory, name))
    .find(existsSync);
  if (path === undefined)
    throw new GuardError(
      "bad-policy-pack",
      `No PulumiPolicy.yaml in ${directory}: --policy-pack names the folder of a policy pack.`,
    );
  const content = readYaml(path);
  const runtime = isYamlMap(content) ? content.runtime : undefined;
  const name = isYamlMap(runtime) ? runtime.name : runtime;
  if (name !== "nodejs")
    throw new GuardError(
      "bad-policy-pack",
      `${path}: guard runs policy packs of the runtime nodejs only, not ${JSON.stringify(name ?? null)}.`,
    );
};
