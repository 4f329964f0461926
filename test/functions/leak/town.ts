/** A world of many clients, in which anything may leak: what the stack rotates, declares, protects, and does not know. */

import type { LeakDeclarations } from "../../../core/leak/declarations.ts";
import { markerPrefix, withMarker } from "../../../core/marker.ts";
import type { RotatedCredential } from "../../../core/rotation/credential.ts";
import { firstVersionId, formatSecretValue } from "../../../core/rotation/secret-value.ts";
import type { GithubOptions } from "../../../sandbox/github/index.ts";
import type { Mishap, OutsideCall, Random } from "../../../sandbox/runtime/index.ts";
import { LeakWorld, organization, type Pair } from "../revoker/world.ts";
import { oneOf } from "./chance.ts";

/** What is drawn for a whole world. */
export interface Rules {
  settings: Partial<LeakDeclarations["settings"]>;
  tenantMayDisable: boolean;
  lag: { lists: number; gets: number };
  /** Only these people may close alerts of the second repository. */
  isDismissalDelegated: boolean;
}

export const rulesOf = (random: Random): Rules => ({
  settings: {
    mode: random() < 0.08 ? "dryRun" : "act",
    hourlyCap: random() < 0.15 ? 2 : 20,
    backfill: random() < 0.2 ? "act" : "hold",
    unmanagedClients: random() < 0.4 ? "contain" : "hold",
  },
  tenantMayDisable: random() < 0.3,
  lag: { lists: oneOf(random, [0, 0, 1, 3]) ?? 0, gets: oneOf(random, [0, 0, 1, 2]) ?? 0 },
  isDismissalDelegated: random() < 0.15,
});

export const repositories = ["example-org/reports", "example-org/tools"] as const;

/** Nobody calls from there. */
const elsewhere = ["198.51.101.0/24"];

const stack = { organization: "acme", project: "contact-centre", stack: "prod" };

const secretPattern = "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]";
const patterns = [
  {
    id: "quoted",
    name: "Genesys Cloud OAuth secret in quotes",
    slug: "genesys_cloud_oauth_secret_in_quotes",
  },
  { id: "basic", name: "Genesys Cloud Basic credentials", slug: "genesys_cloud_basic_credentials" },
];

export interface Town {
  world: LeakWorld;
  rotatedIds: readonly string[];
  /** Clients that the stack does not rotate, by what they are. */
  declared: readonly Pair[];
  denied: readonly Pair[];
  guarded: Pair;
  decoys: readonly Pair[];
  unmanaged: readonly Pair[];
  protectedClients: ReadonlySet<string>;
}

export interface TownOptions {
  seed: number;
  rules: Rules;
  mishap: (call: OutsideCall) => Mishap | undefined;
  deliver?: GithubOptions["deliver"];
}

const rotate = (world: LeakWorld, id: string, strategy: RotatedCredential["strategy"]): RotatedCredential => {
  const { genesys, aws, rotation } = world;
  const owner = markerPrefix({ ...stack, logicalName: id });
  const employee = { roleId: genesys.world.roleNamed("employee")?.id ?? "", divisionId: "*" };
  const token = `first${id}`;
  const first = world.addClient(id, { description: withMarker("Rotated", owner, token) });
  const secretArn = aws.createRotatedSecret(`rotated/${id}`, {
    ClientRequestToken: firstVersionId(owner, token),
    SecretString: formatSecretValue({ ...first, region: rotation.region }),
  });
  return {
    id,
    owner,
    secretArn,
    strategy,
    actor: "master",
    client: {
      name: id,
      description: "Rotated",
      accessTokenValiditySeconds: 3600,
      roleDivisions: [employee],
    },
    intervalSeconds: 4 * 3600,
    secretCacheSeconds: 300,
  };
};

const publishFurtherPatterns = ({ github }: LeakWorld): void => {
  const scope = github.world.scope({ organization });
  if (scope === undefined) throw new Error("There is no organisation.");
  const texts = [
    { pattern: secretPattern, startDelimiter: '"' },
    { pattern: "[A-Za-z0-9+/]{107}=", startDelimiter: "[Bb]asic " },
  ];
  for (const [index, text] of texts.entries()) {
    const { id } = github.world.create(scope, patterns[index]?.name ?? "", {
      ...text,
      endDelimiter: "\\z|[^0-9A-Za-z_-]",
      mustMatch: [],
      mustNotMatch: [],
    });
    github.world.dryRun(id);
    github.world.publish(id);
  }
};

export const buildTown = ({ seed, rules, mishap, deliver }: TownOptions): Town => {
  const credentials: RotatedCredential[] = [];
  const clients: LeakDeclarations["clients"][number][] = [];
  const decoys: LeakDeclarations["decoys"][number][] = [];
  const world = new LeakWorld({
    seed,
    settings: rules.settings,
    mishap,
    genesys: {
      lag: rules.lag,
      switches: { clientAllowlist: "optional", tenantMaySetDisabled: rules.tenantMayDisable },
    },
    github: { repositories: [...repositories], ...(deliver === undefined ? {} : { deliver }) },
    rotation: (given) => {
      credentials.push(...given.credentials);
      const capabilities = { ...given.settings.capabilities, tenantMayDisable: rules.tenantMayDisable };
      return { ...given, credentials, settings: { ...given.settings, capabilities } };
    },
    leak: (given) => {
      clients.push(...given.clients);
      decoys.push(...given.decoys);
      return {
        ...given,
        clients,
        decoys,
        patterns: [...given.patterns, ...patterns],
        protectedIds: ["guarded"],
      };
    },
  });
  const { aws } = world;
  publishFurtherPatterns(world);
  credentials.push(rotate(world, "erp", "blueGreenClients"), rotate(world, "ivr", "inPlace"));

  const declare = (
    id: string,
    { isStored = false, allowlist }: { isStored?: boolean; allowlist?: string[] },
  ) => {
    const pair = world.addClient(id, allowlist === undefined ? {} : { allowlist });
    const secretArn = !isStored
      ? undefined
      : aws.createRotatedSecret(`rotated/${id}`, {
          ClientRequestToken: id.padEnd(32, "0"),
          SecretString: formatSecretValue({ ...pair, region: "us-east-1" }),
        });
    clients.push({ id, clientId: pair.clientId, ...(secretArn === undefined ? {} : { secretArn }) });
    return pair;
  };
  const stored = declare("survey", { isStored: true });
  const deniedStored = declare("dialler", { isStored: true, allowlist: elsewhere });
  const denied = declare("recorder", { allowlist: elsewhere });
  const guarded = declare("guarded", {});
  const decoy = world.addClient("Payroll export");
  decoys.push({ id: "payroll", clientId: decoy.clientId });
  const foreignStack = markerPrefix({ ...stack, stack: "test", logicalName: "crm" });
  const unmanaged = [
    world.addClient("Made by hand"),
    world.addClient("Another stack's", { description: withMarker("Rotated", foreignStack, "abc") }),
  ];
  for (const { secretArn } of credentials.slice(-2))
    aws.secretsManager.rotateSecret({
      SecretId: secretArn,
      ClientRequestToken: `${secretArn}-first-rules`.slice(-40).padStart(40, "0"),
      RotationLambdaARN: aws.functionArns.rotate,
      RotationRules: { ScheduleExpression: "rate(4 hours)" },
      RotateImmediately: false,
    });
  // They have been there for long.
  for (let read = 0; read < 3; read += 1)
    for (const { id } of world.genesys.world.clients.list()) world.genesys.world.clients.read(id);
  if (rules.isDismissalDelegated) world.github.world.delegateDismissal(repositories[1], ["security-lead"]);
  return {
    world,
    rotatedIds: credentials.map(({ id }) => id),
    declared: [world.pairOf("reporting"), world.pairOf("wallboard"), stored],
    denied: [deniedStored, denied],
    guarded,
    decoys: [world.pairOf("backup"), decoy],
    unmanaged,
    protectedClients: new Set([guarded.clientId]),
  };
};
