import * as schema from "./aws-schema.ts";
import { type LeakConfig, leakSchema } from "./leak-schema.ts";
import type { PartReader } from "./parse.ts";

/** What a stack with `runtime: aws` has in addition. */
export interface AwsConfig {
  accountId: string;
  region: string;
  functions: schema.FunctionsConfig;
  capabilities: schema.CapabilitiesConfig;
  rotation: schema.RotationConfig;
  network: schema.NetworkConfig;
  alarms: schema.AlarmsConfig;
  /** Undefined: leaks are nobody's affair here. */
  leak: LeakConfig | undefined;
}

/** Part by part; what is missing or could not be read is undefined. */
export type DraftAwsConfig = { [K in keyof AwsConfig]: AwsConfig[K] | undefined };

/** The stack's own keys that only `runtime: aws` has, and what a stack with it cannot do without. */
export const awsKeys = [
  "awsAccountId",
  "functions",
  "capabilities",
  "rotation",
  "network",
  "alarms",
  "leak",
] as const;

export const requiredAwsKeys = ["aws:region", "awsAccountId", "functions", "network", "alarms"] as const;

export const readAwsConfig = (parts: PartReader): DraftAwsConfig => ({
  accountId: parts.optional(schema.awsAccountIdSchema, "awsAccountId"),
  region: parts.optional(schema.awsRegionSchema, "aws:region"),
  functions: parts.optional(schema.functionsSchema, "functions"),
  capabilities: parts.has("capabilities")
    ? parts.optional(schema.capabilitiesSchema, "capabilities")
    : schema.defaultCapabilitiesConfig,
  rotation: parts.has("rotation")
    ? parts.optional(schema.rotationSchema, "rotation")
    : schema.defaultRotationConfig,
  network: parts.optional(schema.networkSchema, "network"),
  alarms: parts.optional(schema.alarmsSchema, "alarms"),
  leak: parts.optional(leakSchema, "leak"),
});

/** The whole, once nothing is wrong. */
export const completeAwsConfig = (draft: DraftAwsConfig): AwsConfig | undefined => {
  const { accountId, region, functions, capabilities, rotation, network, alarms, leak } = draft;
  return accountId === undefined ||
    region === undefined ||
    functions === undefined ||
    capabilities === undefined ||
    rotation === undefined ||
    network === undefined ||
    alarms === undefined
    ? undefined
    : { accountId, region, functions, capabilities, rotation, network, alarms, leak };
};
