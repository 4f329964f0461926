import { type AwsConfig, awsKeys, completeAwsConfig, readAwsConfig } from "./config/aws-config.ts";
import { crossProblems, type DraftConfig } from "./config/cross-problems.ts";
import { PartReader } from "./config/parse.ts";
import { describeProblems, type Problem } from "./config/problems.ts";
import { runtimeProblems } from "./config/runtime-problems.ts";
import * as schema from "./config/schema.ts";

/** The stack's whole configuration, parsed. */
export interface GuardConfig {
  region: string;
  /** Where the functions run; undefined: nowhere (`runtime: none`). */
  aws: AwsConfig | undefined;
  protect: boolean;
  egress: Record<string, string[]>;
  roles: schema.RoleConfig[];
  clients: schema.ClientConfig[];
  decoys: schema.DecoyConfig[];
  trapUsers: schema.TrapUserConfig[];
  trapQueues: schema.TrapQueueConfig[];
  dataActionCredentials: schema.DataActionCredentialConfig[];
  events: schema.EventsConfig | undefined;
  allowlist: schema.AllowlistConfig | undefined;
  secretScanning: schema.SecretScanningConfig | undefined;
}

/** The configuration cannot be used; the message holds every mistake at once. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(describeProblems(problems));
    this.name = "ConfigError";
    this.problems = problems;
  }
}

const keys = [
  "region",
  "runtime",
  "protect",
  "egress",
  "roles",
  "clients",
  "decoys",
  "trapUsers",
  "trapQueues",
  "dataActionCredentials",
  "events",
  "allowlist",
  "secretScanning",
  ...awsKeys,
] as const;

/** Keys of other namespaces that the program reads. */
const foreignKeys = ["aws:region", "github:owner"];

const complete = <T>(items: (T | undefined)[]): T[] => items.filter((item) => item !== undefined);

/**
 * Parses the stack's configuration. `environmentRegion` is GENESYSCLOUD_REGION, where it is set.
 *
 * @throws ConfigError with every mistake at once.
 */
export const parseConfig = (raw: Record<string, unknown>, environmentRegion?: string): GuardConfig => {
  const parts = new PartReader(raw);
  const { problems } = parts;
  for (const key of Object.keys(raw)) {
    if (!foreignKeys.includes(key) && !keys.some((known) => known === key)) {
      problems.push({ path: key, reason: `is not a known key; known are ${keys.join(", ")}` });
    }
  }
  if (raw.region === undefined) problems.push({ path: "region", reason: "is missing" });
  const runtime = parts.has("runtime") ? parts.optional(schema.runtimeSchema, "runtime") : "none";

  const draft: DraftConfig = {
    region: parts.optional(schema.regionSchema, "region") ?? "",
    egress: parts.optional(schema.egressSchema, "egress") ?? {},
    roles: parts.list(schema.roleSchema, "roles"),
    clients: parts.list(schema.clientSchema, "clients"),
    decoys: parts.list(schema.decoySchema, "decoys"),
    trapUsers: parts.list(schema.trapUserSchema, "trapUsers"),
    trapQueues: parts.list(schema.trapQueueSchema, "trapQueues"),
    dataActionCredentials: parts.list(schema.dataActionCredentialSchema, "dataActionCredentials"),
    events: parts.optional(schema.eventsSchema, "events"),
    allowlist: parts.optional(schema.allowlistSchema, "allowlist"),
    secretScanning: parts.optional(schema.secretScanningSchema, "secretScanning"),
    githubOwner: parts.optional(schema.githubOwnerSchema, "github:owner"),
    aws: runtime === "aws" ? readAwsConfig(parts) : undefined,
  };
  const protect = parts.optional(schema.protectSchema, "protect") ?? true;
  problems.push(...runtimeProblems(runtime, (key) => parts.has(key), draft));
  problems.push(...crossProblems(draft, environmentRegion));
  if (problems.length > 0) throw new ConfigError(problems);
  const { githubOwner: _, ...known } = draft;
  return {
    ...known,
    aws: draft.aws && completeAwsConfig(draft.aws),
    protect,
    roles: complete(draft.roles),
    clients: complete(draft.clients),
    decoys: complete(draft.decoys),
    trapUsers: complete(draft.trapUsers),
    trapQueues: complete(draft.trapQueues),
    dataActionCredentials: complete(draft.dataActionCredentials),
  };
};
