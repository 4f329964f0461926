import { defaultLeakSettings } from "../../../core/leak/declarations.ts";
import type { PropertyMap } from "../../../engine/model/property.ts";
import { signatureKey, signatures } from "../../../engine/model/property.ts";
import { Cloud } from "../../../sandbox/bindings/cloud.ts";
import { Registry } from "../../../sandbox/bindings/registry.ts";
import { createGenesys } from "../../../sandbox/genesys/index.ts";
import { VirtualClock } from "../../../sandbox/runtime/index.ts";

const region = "us-east-1";
export const urn = (type: string, name: string): string => `urn:pulumi:dev::program::${type}::${name}`;

/** An empty account with a registry, and an organisation whose calls come from it. */
export const openAccount = () => {
  const clock = new VirtualClock();
  const genesys = createGenesys({ clock: clock.now });
  const cloud = new Cloud({ clock, connect: genesys.connect });
  const registry = new Registry(cloud);
  const call = (type: string, name: string) => ({ urn: urn(type, name), region });
  return {
    clock,
    genesys,
    cloud,
    registry,
    region: cloud.region(region),
    create: (type: string, name: string, inputs: PropertyMap = {}) =>
      registry.create(call(type, name), inputs),
    update: (type: string, name: string, id: string, inputs: PropertyMap) =>
      registry.update(call(type, name), id, inputs),
    read: (type: string, name: string, id: string) => registry.read(call(type, name), id),
    delete: (type: string, name: string, id: string) => registry.delete(call(type, name), id),
  };
};

export type Account = ReturnType<typeof openAccount>;

export const statement = (action: string | string[], resource: string | string[]): PropertyMap => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
});

const trust = (service: string): string =>
  JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

/** A role that a service takes on, with one policy. */
export const makeRole = (account: Account, name: string, service: string, ...statements: PropertyMap[]) => {
  const role = account.create("aws:iam/role:Role", name, { assumeRolePolicy: trust(service) });
  account.create("aws:iam/rolePolicy:RolePolicy", name, {
    role: role.id,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
  });
  return String(role.outputs.arn);
};

export const declarations = (secretArn: string) => ({
  stackPrefix: "guard:organization/program/dev/",
  region: "us-east-1",
  masterId: "master",
  settings: {
    capabilities: { dualSecrets: false, tenantMayDisable: false, inactiveKeepsTokens: false },
    skewSeconds: 300,
    usageWindowSeconds: 900,
    usageDelaySeconds: 7_200,
    usageDeadlineSeconds: 86_400,
    quotaReserve: 10,
    orphanAgeSeconds: 172_800,
    orphansPerSweep: 5,
  },
  credentials: [
    {
      id: "master",
      owner: "guard:organization/program/dev/master~01234567",
      secretArn,
      strategy: "blueGreenClients",
      actor: "self",
      client: {
        name: "Master",
        accessTokenValiditySeconds: 900,
        roleDivisions: [{ roleId: "role", divisionId: "division" }],
      },
      intervalSeconds: 86_400,
      secretCacheSeconds: 900,
    },
  ],
});

export const leakDeclarations = {
  organization: "acme",
  patterns: [{ id: "oauth-secret", name: "OAuth secret" }],
  clients: [],
  decoys: [],
  protectedIds: [],
  secretNames: {},
  settings: { ...defaultLeakSettings },
  slack: { securityChannel: "security", developerChannel: "engineering", logins: {} },
};

/** Inputs of a function of the catalog. `leak`: the content of its `leak.json`. */
export const functionInputs = (
  name: string,
  role: string,
  secretArn: string,
  { variables = {}, leak }: { variables?: Record<string, string>; leak?: object } = {},
): PropertyMap => ({
  name: `dev-${name}`,
  role,
  handler: "index.handler",
  timeout: 60,
  reservedConcurrentExecutions: 2,
  environment: { variables: { LEDGER_TABLE: "ledger", GENESYSCLOUD_REGION: "us-east-1", ...variables } },
  code: {
    [signatureKey]: signatures.archive,
    hash: "0".repeat(64),
    assets: {
      "index.mjs": { [signatureKey]: signatures.asset, hash: "1".repeat(64), text: "export {}" },
      "declarations.json": {
        [signatureKey]: signatures.asset,
        hash: "2".repeat(64),
        text: JSON.stringify(declarations(secretArn)),
      },
      ...(leak && {
        "leak.json": { [signatureKey]: signatures.asset, hash: "3".repeat(64), text: JSON.stringify(leak) },
      }),
    },
  },
});
