import * as v from "valibot";
import { crossProblems, type DraftConfig } from "./config/cross-problems.ts";
import { describeProblems, fromIssue, type Problem } from "./config/problems.ts";
import * as schema from "./config/schema.ts";

/** The stack's whole configuration, parsed. */
export interface GuardConfig {
  region: string;
  runtime: "none";
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
] as const;

/** The value, or undefined where it has problems: what spans parts is then checked without it. */
const parse = <S extends v.GenericSchema>(
  s: S,
  value: unknown,
  path: string,
  problems: Problem[],
): v.InferOutput<S> | undefined => {
  const result = v.safeParse(s, value);
  if (result.success) return result.output;
  const known = "entries" in s && typeof s.entries === "object" ? Object.keys(s.entries ?? {}) : [];
  problems.push(...result.issues.map((issue) => fromIssue(path, known, issue)));
  return undefined;
};

const parseList = <S extends v.GenericSchema>(
  s: S,
  value: unknown,
  path: string,
  problems: Problem[],
): (v.InferOutput<S> | undefined)[] => {
  const items = parse(v.array(v.unknown(), "must be a list"), value ?? [], path, problems) ?? [];
  return items.map((item, index) => parse(s, item, `${path}[${index}]`, problems));
};

const complete = <T>(items: (T | undefined)[]): T[] => items.filter((item) => item !== undefined);

/** `{}` stands for nothing: a Pulumi config key of type object has no other way to be empty. */
const parseOptional = <S extends v.GenericSchema>(
  s: S,
  value: unknown,
  path: string,
  problems: Problem[],
): v.InferOutput<S> | undefined => {
  const empty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return value === undefined || value === null || empty ? undefined : parse(s, value, path, problems);
};

/**
 * Parses the stack's configuration. `environmentRegion` is GENESYSCLOUD_REGION, where it is set.
 *
 * @throws ConfigError with every mistake at once.
 */
export const parseConfig = (raw: Record<string, unknown>, environmentRegion?: string): GuardConfig => {
  const problems: Problem[] = [];
  for (const key of Object.keys(raw)) {
    if (!keys.some((known) => known === key)) {
      problems.push({ path: key, reason: `is not a known key; known are ${keys.join(", ")}` });
    }
  }
  if (raw.region === undefined) problems.push({ path: "region", reason: "is missing" });
  const list = <S extends v.GenericSchema>(s: S, key: (typeof keys)[number]) =>
    parseList(s, raw[key], key, problems);
  const optional = <S extends v.GenericSchema>(s: S, key: (typeof keys)[number]) =>
    parseOptional(s, raw[key], key, problems);

  const draft: DraftConfig = {
    region: optional(schema.regionSchema, "region") ?? "",
    egress: optional(schema.egressSchema, "egress") ?? {},
    roles: list(schema.roleSchema, "roles"),
    clients: list(schema.clientSchema, "clients"),
    decoys: list(schema.decoySchema, "decoys"),
    trapUsers: list(schema.trapUserSchema, "trapUsers"),
    trapQueues: list(schema.trapQueueSchema, "trapQueues"),
    dataActionCredentials: list(schema.dataActionCredentialSchema, "dataActionCredentials"),
    events: optional(schema.eventsSchema, "events"),
    allowlist: optional(schema.allowlistSchema, "allowlist"),
    secretScanning: optional(schema.secretScanningSchema, "secretScanning"),
  };
  const runtime = optional(schema.runtimeSchema, "runtime") ?? "none";
  const protect = optional(schema.protectSchema, "protect") ?? true;
  problems.push(...crossProblems(draft, environmentRegion));
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    ...draft,
    runtime,
    protect,
    roles: complete(draft.roles),
    clients: complete(draft.clients),
    decoys: complete(draft.decoys),
    trapUsers: complete(draft.trapUsers),
    trapQueues: complete(draft.trapQueues),
    dataActionCredentials: complete(draft.dataActionCredentials),
  };
};
