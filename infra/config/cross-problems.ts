import { parseAllowlistEntry } from "../../core/allowlist/entry.ts";
import { leakPatterns } from "../../core/leak/patterns/leak-patterns.ts";
import { findRegion, regionNames } from "../../core/regions.ts";
import type { DraftAwsConfig } from "./aws-config.ts";
import { awsProblems, networkEgress } from "./aws-problems.ts";
import type { Problem } from "./problems.ts";
import type * as schema from "./schema.ts";

/** The configuration part by part; an item that could not be parsed is undefined and keeps its place. */
export interface DraftConfig {
  region: string;
  egress: Record<string, string[]>;
  roles: (schema.RoleConfig | undefined)[];
  clients: (schema.ClientConfig | undefined)[];
  decoys: (schema.DecoyConfig | undefined)[];
  trapUsers: (schema.TrapUserConfig | undefined)[];
  trapQueues: (schema.TrapQueueConfig | undefined)[];
  dataActionCredentials: (schema.DataActionCredentialConfig | undefined)[];
  events: schema.EventsConfig | undefined;
  allowlist: schema.AllowlistConfig | undefined;
  secretScanning: schema.SecretScanningConfig | undefined;
  /** On which organisation the plugin of GitHub works. */
  githubOwner: string | undefined;
  /** Undefined with `runtime: none`. */
  aws: DraftAwsConfig | undefined;
}

type Located = { path: string; value: string };

const located = <T>(
  list: string,
  items: (T | undefined)[],
  key: string,
  pick: (item: T) => string,
): Located[] =>
  items.flatMap((item, index) =>
    item === undefined ? [] : [{ path: `${list}[${index}].${key}`, value: pick(item) }],
  );

/** Case does not tell two names apart on the platform, so it does not here. */
const duplicates = (places: Located[], what: string): Problem[] => {
  const first = new Map<string, string>();
  return places.flatMap(({ path, value }) => {
    const key = value.toLowerCase();
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, path);
      return [];
    }
    return [{ path, reason: `"${value}" is already the ${what} at ${earlier}; each needs its own` }];
  });
};

/** What one list alone must not say twice. */
const unique = <T>(
  list: string,
  items: (T | undefined)[],
  key: string,
  pick: (item: T) => string,
  what: string,
): Problem[] => duplicates(located(list, items, key, pick), what);

const uniqueness = (config: DraftConfig): Problem[] => {
  const { clients, decoys, roles, trapUsers, trapQueues, dataActionCredentials } = config;
  const patterns = config.secretScanning?.patterns ?? [];
  const patternsPath = "secretScanning.patterns";
  return [
    // Clients and decoys are both OAuth clients: their markers must differ, and an intruder must not tell them apart.
    duplicates(
      [...located("clients", clients, "id", (c) => c.id), ...located("decoys", decoys, "id", (c) => c.id)],
      "id",
    ),
    duplicates(
      [
        ...located("clients", clients, "name", (c) => c.name),
        ...located("decoys", decoys, "name", (c) => c.name),
      ],
      "name",
    ),
    unique("clients", clients, "secretName", (c) => c.secretName ?? c.id, "secret name"),
    unique("roles", roles, "id", (r) => r.id, "id"),
    unique("roles", roles, "name", (r) => r.name, "name"),
    unique("trapUsers", trapUsers, "id", (u) => u.id, "id"),
    unique("trapUsers", trapUsers, "email", (u) => u.email, "e-mail address"),
    unique("trapQueues", trapQueues, "id", (q) => q.id, "id"),
    unique("trapQueues", trapQueues, "name", (q) => q.name, "name"),
    unique("dataActionCredentials", dataActionCredentials, "id", (c) => c.id, "id"),
    unique("dataActionCredentials", dataActionCredentials, "name", (c) => c.name, "name"),
    unique(patternsPath, patterns, "id", (p) => p.id, "id"),
    unique(patternsPath, patterns, "name", (p) => p.name, "name"),
  ].flat();
};

/** Roles go with the client-credentials grant and no other, scopes with every other. */
const grants = (
  list: "clients" | "decoys",
  items: (schema.ClientConfig | schema.DecoyConfig | undefined)[],
): Problem[] =>
  items.flatMap((item, index) => {
    if (item === undefined) return [];
    const path = `${list}[${index}]`;
    const machine = item.grantType === "CLIENT-CREDENTIALS";
    const { roles, scope } = item;
    const problems: Problem[] = [];
    if (machine && roles.length === 0) {
      problems.push({
        path: `${path}.roles`,
        reason: "is empty; a CLIENT-CREDENTIALS client needs at least one role",
      });
    }
    if (machine && scope.length > 0) {
      problems.push({
        path: `${path}.scope`,
        reason: "has no effect on a CLIENT-CREDENTIALS client; use roles",
      });
    }
    if (!machine && roles.length > 0) {
      problems.push({
        path: `${path}.roles`,
        reason: `has no effect on a ${item.grantType} client; use scope`,
      });
    }
    if (!machine && scope.length === 0) {
      problems.push({
        path: `${path}.scope`,
        reason: `is empty; a ${item.grantType} client needs at least one scope`,
      });
    }
    if (item.grantType === "CODE" && item.redirectUris.length === 0) {
      problems.push({
        path: `${path}.redirectUris`,
        reason: "is empty; a CODE client needs at least one address",
      });
    }
    return problems;
  });

const addresses = (config: DraftConfig): Problem[] => {
  const { egress, allowlist } = config;
  const names = [
    ...new Set([
      ...Object.keys(egress),
      ...(config.aws === undefined ? [] : networkEgress(config.aws.network)),
    ]),
  ];
  const entry = (path: string, text: string, options: { reference: boolean; ipv6: boolean }): Problem[] => {
    const parsed = parseAllowlistEntry(text);
    if (parsed.kind === "invalid") return [{ path, reason: `"${text}" ${parsed.reason}. ${parsed.fix}` }];
    if (parsed.kind === "egress") {
      if (!options.reference) return [{ path, reason: `"${text}" must be an address, not a reference` }];
      if (names.includes(parsed.name)) return [];
      const known = names.length === 0 ? "none is defined" : `defined are ${names.join(", ")}`;
      return [{ path, reason: `"${text}" names no egress of this stack; ${known}` }];
    }
    if (parsed.family === 6 && !options.ipv6) {
      return [{ path, reason: `"${text}" is IPv6; the organisation's allowlist takes IPv4 alone` }];
    }
    return [];
  };
  const each = (path: string, texts: readonly string[], options: { reference: boolean; ipv6: boolean }) =>
    texts.flatMap((text, index) => entry(`${path}[${index}]`, text, options));
  // A client's own list may hold IPv6; the organisation's may not, nor what goes into it.
  const ipv6 = allowlist === undefined || !allowlist.fromClients;
  return [
    ...Object.entries(egress).flatMap(([name, texts]) =>
      each(`egress.${name}`, texts, { reference: false, ipv6 }),
    ),
    ...config.clients.flatMap((client, index) =>
      each(`clients[${index}].allowedIps`, client?.allowedIps ?? [], { reference: true, ipv6 }),
    ),
    ...each("allowlist.entries", allowlist?.entries ?? [], { reference: true, ipv6: false }),
    ...each("allowlist.callerAddresses", allowlist?.callerAddresses ?? [], { reference: false, ipv6: false }),
  ];
};

const references = (config: DraftConfig): Problem[] => {
  const clients = new Map(
    config.clients.flatMap((client) => (client === undefined ? [] : [[client.id, client]])),
  );
  return config.dataActionCredentials.flatMap((credential, index) => {
    if (credential === undefined) return [];
    const path = `dataActionCredentials[${index}]`;
    const { awsRoleArn, client } = credential;
    if ((awsRoleArn === undefined) === (client === undefined)) {
      return [{ path, reason: "must have either awsRoleArn or client" }];
    }
    if (client !== undefined && !clients.has(client)) {
      return [{ path: `${path}.client`, reason: `"${client}" is no client of this stack` }];
    }
    if (
      client !== undefined &&
      clients.get(client)?.adoptId !== undefined &&
      clients.get(client)?.secretGeneration === 0
    ) {
      return [
        {
          path: `${path}.client`,
          reason: `the secret of "${client}" is unknown: it was adopted; give it secretGeneration: 1`,
        },
      ];
    }
    return [];
  });
};

const regions = (region: string, environmentRegion: string | undefined): Problem[] => {
  if (region === "") return [];
  if (findRegion(region) === undefined) {
    return [
      {
        path: "region",
        reason: `"${region}" is no region of Genesys Cloud; known are ${regionNames.join(", ")}`,
      },
    ];
  }
  if (environmentRegion === undefined || findRegion(environmentRegion) === findRegion(region)) return [];
  return [
    {
      path: "region",
      reason: `is "${region}", but GENESYSCLOUD_REGION is "${environmentRegion}": these are another organisation's credentials, or another stack's configuration`,
    },
  ];
};

const scanning = (config: DraftConfig): Problem[] => {
  const { secretScanning } = config;
  if (secretScanning === undefined) return [];
  const problems: Problem[] = [];
  if ((secretScanning.organization === undefined) === (secretScanning.repository === undefined)) {
    problems.push({ path: "secretScanning", reason: "must have either organization or repository" });
  }
  secretScanning.patterns.forEach((pattern, index) => {
    for (const key of ["id", "name"] as const) {
      if (leakPatterns.some((known) => known[key].toLowerCase() === pattern[key].toLowerCase())) {
        problems.push({
          path: `secretScanning.patterns[${index}].${key}`,
          reason: `"${pattern[key]}" is the ${key} of a pattern that every stack has; give it another`,
        });
      }
    }
    if (pattern.pushProtection && secretScanning.organization === undefined) {
      problems.push({
        path: `secretScanning.patterns[${index}].pushProtection`,
        reason: "is set for an organisation alone: GitHub has no such setting for one repository",
      });
    }
  });
  return problems;
};

/** What is wrong between parts, each of which is right by itself. */
export const crossProblems = (config: DraftConfig, environmentRegion: string | undefined): Problem[] => [
  ...regions(config.region, environmentRegion),
  ...uniqueness(config),
  ...grants("clients", config.clients),
  ...grants("decoys", config.decoys),
  ...addresses(config),
  ...references(config),
  ...scanning(config),
  ...(config.aws === undefined ? [] : awsProblems(config, config.aws)),
];
