import { defaultCapabilities } from "../../../core/capabilities.ts";
import { markerPrefix, withMarker } from "../../../core/marker.ts";
import {
  defaultRotationSettings,
  type RotatedCredential,
  type RotationDeclarations,
  type RotationSettings,
} from "../../../core/rotation/credential.ts";
import { firstVersionId, formatSecretValue } from "../../../core/rotation/secret-value.ts";
import { createMemoryAws, type MemoryAws, type MemoryAwsOptions } from "../../../sandbox/aws/memory.ts";
import {
  createGenesys,
  type GenesysOptions,
  type GenesysOrganisation,
} from "../../../sandbox/genesys/index.ts";
import {
  createRuntime,
  type HostedFunction,
  type Runtime,
  type RuntimeOptions,
  type VirtualClock,
} from "../../../sandbox/runtime/index.ts";
import { rotatorFunctions } from "../../../sandbox/runtime/rotator-functions.ts";

/** A credential as a test declares it. */
export interface DeclaredCredential {
  id: string;
  intervalHours: number;
  accessTokenValiditySeconds: number;
  secretCacheSeconds: number;
  actor?: RotatedCredential["actor"];
}

export interface OrganisationOptions {
  clock: VirtualClock;
  /** The first is the master, which rotates itself. */
  credentials: readonly [DeclaredCredential, ...DeclaredCredential[]];
  settings?: Partial<RotationSettings>;
  genesys?: GenesysOptions;
  aws?: Partial<MemoryAwsOptions>;
  runtime?: Partial<RuntimeOptions>;
  /** Default: the rotator's own. */
  functions?: (declarations: RotationDeclarations) => readonly HostedFunction[];
  /** How far the platform's clock is ahead of the world's. Default 0. */
  platformSkewMilliseconds?: number;
}

/** A stack that has just been deployed: every credential with its first generation, its rotation on. */
export interface Organisation {
  clock: VirtualClock;
  aws: MemoryAws;
  genesys: GenesysOrganisation;
  runtime: Runtime;
  declarations: RotationDeclarations;
  /** The declared credential's secret. */
  secretArnOf(id: string): string;
  ownerOf(id: string): string;
}

const stack = { organization: "acme", project: "contact-centre", stack: "prod" };

/** The schedule that the stack gives a secret. */
const rulesOf = (intervalHours: number) => ({ ScheduleExpression: `rate(${intervalHours} hours)` });

const masterPermissions = {
  domain: "oauth",
  entityName: "client",
  actionSet: ["add", "view", "edit", "delete"],
};

let organisations = 0;

export const deployOrganisation = (options: OrganisationOptions): Organisation => {
  const { clock, platformSkewMilliseconds = 0 } = options;
  const idPrefix = `${(organisations++).toString(36)}-${Math.floor(clock.random() * 1e9).toString(36)}`;
  let ids = 0;
  const newId = (): string => `00000000-0000-4000-8000-${idPrefix}-${(ids++).toString(36)}`;
  const aws = createMemoryAws({ clock, timers: clock, random: clock.random, newId, ...options.aws });
  const genesys = createGenesys({
    clock: () => clock.now() + platformSkewMilliseconds,
    sleep: clock.sleep,
    auditDays: 1,
    roles: [{ name: "Rotator", permissionPolicies: [masterPermissions] }],
    ...options.genesys,
  });
  const roleId = (name: string): string => genesys.world.roleNamed(name)?.id ?? "";
  const employee = { roleId: roleId("employee"), divisionId: "*" };
  const rotator = { roleId: roleId("Rotator"), divisionId: "*" };

  const deploy = (
    { id, intervalHours, actor, ...declared }: DeclaredCredential,
    index: number,
  ): RotatedCredential => {
    const owner = markerPrefix({ ...stack, logicalName: id });
    const token = `first${index}`;
    const roleDivisions = index === 0 || actor === "self" ? [rotator, employee] : [employee];
    const { accessTokenValiditySeconds, secretCacheSeconds } = declared;
    const first = genesys.world.addClient({
      name: id,
      description: withMarker("Rotated", owner, token),
      accessTokenValiditySeconds,
      grants: roleDivisions.map(({ roleId, divisionId }) => genesys.world.grant(roleId, divisionId)),
    });
    const secretArn = aws.createRotatedSecret(`rotated/${id}`, {
      ClientRequestToken: firstVersionId(owner, token),
      SecretString: formatSecretValue({
        clientId: first.id,
        clientSecret: first.secret,
        region: "us-east-1",
      }),
    });
    return {
      id,
      owner,
      secretArn,
      strategy: "blueGreenClients",
      actor: actor ?? (index === 0 ? "self" : "master"),
      client: { name: id, description: "Rotated", accessTokenValiditySeconds, roleDivisions },
      intervalSeconds: intervalHours * 3600,
      secretCacheSeconds,
    };
  };
  const credentials = options.credentials.map(deploy);
  const declarations: RotationDeclarations = {
    stackPrefix: "guard:acme/contact-centre/prod/",
    region: "us-east-1",
    masterId: options.credentials[0].id,
    settings: { ...defaultRotationSettings, capabilities: defaultCapabilities, ...options.settings },
    credentials,
  };
  const runtime = createRuntime({
    clock,
    aws,
    genesys,
    functions: (options.functions ?? rotatorFunctions)(declarations),
    ...options.runtime,
  });
  for (const [index, { secretArn }] of credentials.entries())
    aws.secretsManager.rotateSecret({
      SecretId: secretArn,
      ClientRequestToken: newId(),
      RotationLambdaARN: aws.functionArns.rotate,
      RotationRules: rulesOf(options.credentials[index]?.intervalHours ?? 24),
      RotateImmediately: false,
    });
  const byId = (id: string): RotatedCredential => {
    const found = credentials.find((each) => each.id === id);
    if (found === undefined) throw new Error(`There is no credential ${id}.`);
    return found;
  };
  return {
    clock,
    aws,
    genesys,
    runtime,
    declarations,
    secretArnOf: (id) => byId(id).secretArn,
    ownerOf: (id) => byId(id).owner,
  };
};
