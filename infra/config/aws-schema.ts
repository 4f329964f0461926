import * as v from "valibot";
import { defaultCapabilities } from "../../core/capabilities.ts";
import { rotationIntervalHours } from "../../core/lifetimes.ts";
import { defaultRotationSettings } from "../../core/rotation/credential.ts";
import { parseIpv4Block } from "./ipv4-block.ts";
import { awsRegion, flag, id, text, wholeNumber } from "./rules.ts";

/** What only a stack with `runtime: aws` has. */

const strategies = ["blueGreenClients", "overlappingSecrets", "inPlace"] as const;

/** The rotation of one client; every client that can be rotated is, with these defaults. */
export const clientRotationSchema = v.strictObject({
  intervalHours: v.optional(
    wholeNumber("hours", rotationIntervalHours.minimum, rotationIntervalHours.maximum),
    rotationIntervalHours.default,
  ),
  strategy: v.optional(v.picklist(strategies, `must be one of ${strategies.join(", ")}`), "blueGreenClients"),
  /** How long its users keep what they read from the secret store. */
  secretCacheSeconds: v.optional(wholeNumber("seconds", 0, 900), 900),
});

export const capabilitiesSchema = v.strictObject({
  dualSecrets: v.optional(flag, defaultCapabilities.dualSecrets),
  tenantMayDisable: v.optional(flag, defaultCapabilities.tenantMayDisable),
  inactiveKeepsTokens: v.optional(flag, defaultCapabilities.inactiveKeepsTokens),
});

const defaults = defaultRotationSettings;

/** What holds for all rotations; each key is explained in `core/rotation/credential.ts`. */
export const rotationSchema = v.strictObject({
  skewSeconds: v.optional(wholeNumber("seconds", 0, 3600), defaults.skewSeconds),
  usageWindowSeconds: v.optional(wholeNumber("seconds", 60, 86_400), defaults.usageWindowSeconds),
  usageDelaySeconds: v.optional(wholeNumber("seconds", 0, 86_400), defaults.usageDelaySeconds),
  usageDeadlineSeconds: v.optional(wholeNumber("seconds", 0, 604_800), defaults.usageDeadlineSeconds),
  quotaReserve: v.optional(wholeNumber("clients", 0, 1000), defaults.quotaReserve),
  orphanAgeSeconds: v.optional(wholeNumber("seconds", 172_800, 2_592_000), defaults.orphanAgeSeconds),
  orphansPerSweep: v.optional(wholeNumber("clients", 0, 100), defaults.orphansPerSweep),
  /** How many clients the organisation may have, where somebody has said so; the functions ask the platform. */
  clientQuota: v.optional(wholeNumber("clients", 1, 100_000)),
});

/**
 * The retentions that CloudWatch Logs knows.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const retentionDays = v.picklist(retentions, `must be a number of days out of ${retentions.join(", ")}`);

export const functionsSchema = v.strictObject({
  /** The client with which the functions manage the others. */
  masterClient: id,
  /** The client with which this program is deployed, where the stack has it. */
  deployClient: v.optional(id),
  logRetentionDays: v.optional(retentionDays, 90),
});

const zone = v.pipe(text, v.regex(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, "must be an availability zone"));

/** /16 to /24: four subnets of a sixteenth each, of which AWS wants a /28 at least. */
const networkBlock = v.pipe(
  text,
  v.check((value) => {
    const block = parseIpv4Block(value);
    return block?.isPrivate === true && block.prefix >= 16 && block.prefix <= 24;
  }, "must be a private IPv4 block, from /16 to /24, without host bits"),
);

const place = {
  cidr: networkBlock,
  availabilityZones: v.pipe(
    v.array(zone, "must be a list of two availability zones"),
    v.length(2, "must be a list of two availability zones"),
    v.check(([a, b]) => a !== b, "must be two different availability zones"),
  ),
};

export const networkSchema = v.strictObject({
  ...place,
  flowLogRetentionDays: v.optional(retentionDays, 90),
  disasterRecovery: v.optional(
    v.strictObject({
      region: awsRegion,
      ...place,
      /** Whether there are gateways behind the addresses, which cost by the hour, or the addresses alone. */
      active: v.optional(flag, false),
    }),
  ),
});

export const alarmsSchema = v.strictObject({
  /** A topic that exists ... */
  topicArn: v.optional(
    v.pipe(text, v.regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/, "must be the ARN of an SNS topic")),
  ),
  /** ... or whom a topic of this stack tells. */
  emails: v.optional(
    v.array(
      v.pipe(v.string("must be a text"), v.email("must be an e-mail address")),
      "must be a list of e-mail addresses",
    ),
    [],
  ),
});

export { awsAccountId as awsAccountIdSchema, awsRegion as awsRegionSchema } from "./rules.ts";

export type ClientRotationConfig = v.InferOutput<typeof clientRotationSchema>;
export type CapabilitiesConfig = v.InferOutput<typeof capabilitiesSchema>;
export type RotationConfig = v.InferOutput<typeof rotationSchema>;
export type FunctionsConfig = v.InferOutput<typeof functionsSchema>;
export type NetworkConfig = v.InferOutput<typeof networkSchema>;
export type AlarmsConfig = v.InferOutput<typeof alarmsSchema>;

export const defaultCapabilitiesConfig: CapabilitiesConfig = v.parse(capabilitiesSchema, {});
export const defaultRotationConfig: RotationConfig = v.parse(rotationSchema, {});
export const defaultClientRotation: ClientRotationConfig = v.parse(clientRotationSchema, {});
