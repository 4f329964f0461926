import { defaultLeakSettings, type LeakDeclarations } from "../../../../core/leak/declarations.ts";
import type { Stage, StoredVersion } from "../../../../core/leak/vault.ts";
import { marker } from "../../../../core/marker.ts";
import type { CredentialRecord } from "../../../../core/rotation/credential-record.ts";
import { emptyRecord } from "../../../../core/rotation/credential-record.ts";
import { Chance } from "./chance.ts";

/** A client as it truly is. */
export interface TrueClient {
  clientId: string;
  /** What opens it now. Stands for its own fingerprint. */
  secret: string;
  state: "active" | "disabled" | "inactive";
  /** Not of the organisation: its secret is never to be sent anywhere. */
  isForeign: boolean;
  isDecoy: boolean;
  /** `open`: it has an allowlist, and our address is in it. */
  allowlist: "none" | "open" | "denies";
  isOtherGrant: boolean;
  description?: string;
  /** We reset it in place and crashed before the new secret was stored: nobody has it. */
  isSecretLost: boolean;
}

/** What the store truly holds of one credential or client, by label. */
export interface TrueVault {
  id: string;
  strategy: "blueGreen" | "inPlace" | "declared";
  owner?: string;
  versions: Map<Stage, StoredVersion>;
  record: CredentialRecord;
}

/** Everything that is true, of which the decisions know only what they are told. */
export interface World {
  now: number;
  readonly clients: Map<string, TrueClient>;
  readonly vaults: TrueVault[];
  readonly leak: LeakDeclarations;
  readonly stackPrefix: string;
  readonly tenantMayDisable: boolean;
  /** Secrets that once opened a client. */
  readonly formerSecrets: string[];
  names: number;
  readonly chance: Chance;
}

export const nextName = (world: World, kind: string): string => {
  world.names += 1;
  return `${kind}-${world.names}`;
};

export const addClient = (world: World, more: Partial<TrueClient> = {}): TrueClient => {
  const client: TrueClient = {
    clientId: nextName(world, "client"),
    secret: nextName(world, "secret"),
    state: "active",
    isForeign: false,
    isDecoy: false,
    allowlist: "none",
    isOtherGrant: false,
    isSecretLost: false,
    ...more,
  };
  world.clients.set(client.clientId, client);
  return client;
};

/** What the store would hold of a client whose secret it has. */
export const stored = (stage: Stage, { clientId, secret }: TrueClient): StoredVersion => ({
  stage,
  clientId,
  fingerprint: secret,
});

export const clientOf = (world: World, clientId: string): TrueClient | undefined =>
  world.clients.get(clientId);

/** A further generation of a credential. */
export const addGeneration = (world: World, vault: TrueVault): TrueClient =>
  addClient(world, {
    ...(vault.owner === undefined ? {} : { description: marker(vault.owner, "0a") }),
    allowlist: world.chance.happens(0.15) ? world.chance.of(["open", "denies"] as const) : "none",
  });

const addVault = (world: World, strategy: TrueVault["strategy"], index: number): TrueVault => {
  const id = `${strategy}-${index}`;
  const vault: TrueVault = {
    id,
    strategy,
    ...(strategy === "declared" ? {} : { owner: `${world.stackPrefix}${id}~0badcafe` }),
    versions: new Map(),
    record: emptyRecord,
  };
  world.vaults.push(vault);
  vault.versions.set("AWSCURRENT", stored("AWSCURRENT", addGeneration(world, vault)));
  return vault;
};

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** An organisation with every kind of client, all of them in order. */
export const newWorld = (seed: number): World => {
  const chance = new Chance(seed);
  const clients: { id: string; clientId: string; secretArn?: string }[] = [];
  const decoys: { id: string; clientId: string }[] = [];
  const world: World = {
    now: Date.UTC(2026, 10, 2),
    clients: new Map(),
    vaults: [],
    leak: {
      organization: "acme",
      patterns: [],
      clients,
      decoys,
      protectedIds: ["blueGreen-0", "plain-0"],
      secretNames: {},
      settings: {
        ...defaultLeakSettings,
        mode: chance.happens(0.1) ? "dryRun" : "act",
        hourlyCap: 1 + chance.below(20),
        backfill: chance.happens(0.2) ? "act" : "hold",
        unmanagedClients: chance.happens(0.3) ? "contain" : "hold",
      },
      slack: { securityChannel: "security", developerChannel: "developers", logins: {} },
    },
    stackPrefix: "guard:acme/guard/prod/",
    tenantMayDisable: chance.happens(0.3),
    formerSecrets: [],
    names: 0,
    chance,
  };
  many(5, (index) => addVault(world, "blueGreen", index));
  many(3, (index) => addVault(world, "inPlace", index));
  for (const index of [0, 1]) {
    const vault = addVault(world, "declared", index);
    const [version] = vault.versions.values();
    clients.push({ id: vault.id, clientId: version?.clientId ?? "", secretArn: `arn-${vault.id}` });
  }
  many(2, (index) => clients.push({ id: `plain-${index}`, clientId: addClient(world).clientId }));
  many(3, (index) =>
    decoys.push({
      id: `decoy-${index}`,
      clientId: addClient(world, { isDecoy: true, isOtherGrant: index === 0 }).clientId,
    }),
  );
  many(3, (index) =>
    addClient(world, {
      isOtherGrant: index === 0,
      allowlist: index === 1 ? "denies" : "none",
      ...(index === 2 ? { description: "guard:acme/guard/test/other~0badcafe#0a" } : {}),
    }),
  );
  many(4, () => addClient(world, { isForeign: true }));
  return world;
};
