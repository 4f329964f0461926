import type * as providers from "../../../providers/index.ts";

type Classes = typeof providers;

/** One declaration of every type of resource, by class, as a program would write it. */
export const declarations = {
  OauthClient: { name: "CRM Integration", roles: [{ role: "CRM Reader" }] },
  RotatedClient: {
    name: "CRM Integration",
    roles: [{ role: "CRM Reader" }],
    secretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:legacy-crm-a1B2c3",
    ledgerTable: "ledger",
    awsRegion: "us-east-1",
  },
  DecoyClient: { name: "Legacy CRM Sync", roles: [{ role: "CRM Reader" }] },
  Role: { name: "Queue Viewer", permissions: ["routing:queue:view"] },
  TrapUser: { name: "System Backup", email: "system.backup@acme.example" },
  TrapQueue: { name: "Legacy Escalations" },
  EventSubscription: {
    name: "Audit events",
    awsAccountId: "123456789012",
    awsRegion: "us-east-1",
    eventSourceSuffix: "audits",
    topics: ["v2.audits.entitytype.{id}.entityid.{id}"],
  },
  IpAllowlist: { entries: ["52.204.1.0/24"], callerAddresses: ["52.204.1.10"] },
  DataActionCredential: {
    name: "Orders",
    authentication: { kind: "awsRole", roleArn: "arn:aws:iam::123456789012:role/orders" },
  },
  SecretPattern: {
    scope: { organization: "example-org" },
    name: "Genesys Cloud OAuth Secret",
    pattern: "[A-Za-z0-9_-]{43}",
  },
  PushProtection: { organization: "example-org", patternId: "1", setting: "enabled" },
  RepositoryScanning: { repository: "example-org/example-repo" },
} as const satisfies { [C in keyof Classes]: object };

export type ClassName = keyof typeof declarations;

export const classNames = Object.keys(declarations) as ClassName[];

/** Of a resource, what its class hands to the engine. */
export interface Registered {
  type: string;
  inputs: Record<string, unknown>;
}
