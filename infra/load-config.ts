import * as pulumi from "@pulumi/pulumi";
import { ConfigError, type GuardConfig, parseConfig } from "./config.ts";

/** What is text in the configuration; everything else arrives as JSON. */
const textKeys = ["region", "runtime", "awsAccountId"];

/** Arrays, objects and booleans arrive as JSON; what is no JSON is passed on as it is, for the schema to refuse. */
const decode = (key: string, text: string): unknown => {
  if (textKeys.includes(key)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/**
 * The configuration of the stack that is being deployed.
 *
 * @throws pulumi.RunError, which the engine prints without a stack, with every mistake at once.
 */
export const loadConfig = (): GuardConfig => {
  const prefix = `${pulumi.getProject()}:`;
  const raw: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
    if (key.startsWith(prefix)) raw[key.slice(prefix.length)] = decode(key.slice(prefix.length), value);
  }
  // What plugins read too.
  for (const [namespace, key] of [
    ["aws", "region"],
    ["github", "owner"],
  ] as const) {
    const value = new pulumi.Config(namespace).get(key);
    if (value !== undefined) raw[`${namespace}:${key}`] = value;
  }
  try {
    return parseConfig(raw, process.env.GENESYSCLOUD_REGION);
  } catch (error) {
    throw error instanceof ConfigError ? new pulumi.RunError(error.message) : error;
  }
};
