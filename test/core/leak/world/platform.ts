import type { ClientAnswer, Evidence, LoginOutcome } from "../../../../core/leak/evidence.ts";
import { credentialOf } from "../../../../core/leak/ownership.ts";
import { matchVault, silentVault, type Vault } from "../../../../core/leak/vault.ts";
import type { RotatedCredential } from "../../../../core/rotation/credential.ts";
import { credential } from "../../rotation/credentials.ts";
import type { Chance } from "./chance.ts";
import type { TrueClient, TrueVault, World } from "./world.ts";

/** What goes wrong while an alert is looked at. */
export interface Faults {
  login?: "throttled" | "failed" | "untried";
  isPlatformUnread: boolean;
  store: "up" | "torn" | "down";
}

export const noFaults: Faults = { isPlatformUnread: false, store: "up" };

export const faultsOf = (chance: Chance): Faults => ({
  ...(chance.happens(0.15) ? { login: chance.of(["throttled", "failed", "untried"] as const) } : {}),
  isPlatformUnread: chance.happens(0.05),
  store: chance.happens(0.9) ? "up" : chance.of(["torn", "down"] as const),
});

const login = (client: TrueClient | undefined, secret: string, { login: fault }: Faults): LoginOutcome => {
  if (client?.isDecoy === true) return { kind: "untried" };
  if (fault === "failed") return { kind: "failed", reason: "503" };
  if (fault !== undefined) return { kind: fault };
  if (client?.isForeign === true) throw new Error("a foreign client was logged in with");
  if (client === undefined || client.state !== "active" || client.allowlist === "denies")
    return { kind: "refused" };
  if (client.isOtherGrant) return { kind: "otherGrant" };
  return { kind: client.secret === secret ? "granted" : "refused" };
};

const answer = (client: TrueClient | undefined, { isPlatformUnread }: Faults): ClientAnswer => {
  if (isPlatformUnread) return { kind: "unread", reason: "503" };
  if (client === undefined || client.isForeign) return { kind: "absent" };
  return { kind: "found", state: client.state, grantType: "CLIENT-CREDENTIALS" };
};

/** What the store shows of one credential. */
export const shown = ({ versions }: TrueVault, { store }: Faults): Vault => {
  if (store === "down") return silentVault;
  const all = [...versions.values()];
  return store === "torn"
    ? { versions: all.filter(({ stage }) => stage !== "AWSCURRENT"), isWhole: false }
    : { versions: all, isWhole: true };
};

const credentials = new WeakMap<World, readonly RotatedCredential[]>();

/** What the stack declares of rotated credentials. */
export const declaredCredentials = (world: World): readonly RotatedCredential[] => {
  const known = credentials.get(world);
  if (known !== undefined) return known;
  const declared = world.vaults.flatMap(({ id, owner }) =>
    owner === undefined ? [] : [{ ...credential, id, owner }],
  );
  credentials.set(world, declared);
  return declared;
};

/** A client to which the secret may belong, with what was found out about it. */
export interface Suspect {
  clientId: string;
  description?: string;
  isOfOrganization: boolean;
  credentialId?: string;
  vault: Vault;
  evidence: Evidence;
}

/** Looks at one client as the function does: what is not ours is not logged in with. */
export const examine = (
  world: World,
  clientId: string,
  secret: string,
  faults: Faults,
  vaults: Readonly<Record<string, Vault>>,
): Suspect => {
  const client = world.clients.get(clientId);
  const said = answer(client, faults);
  const described = said.kind === "found" ? client?.description : undefined;
  const credentialId = credentialOf(
    { clientId, ...(described === undefined ? {} : { description: described }) },
    { rotation: { credentials: declaredCredentials(world) } },
    vaults,
  )?.id;
  const declared = world.leak.clients.find((each) => each.clientId === clientId);
  const isOurs = said.kind === "found" || credentialId !== undefined || declared !== undefined;
  const vault = vaults[credentialId ?? declared?.id ?? ""] ?? silentVault;
  return {
    clientId,
    ...(described === undefined ? {} : { description: described }),
    isOfOrganization: said.kind !== "absent",
    ...(credentialId === undefined ? {} : { credentialId }),
    vault,
    evidence: {
      client: said,
      login: isOurs ? login(client, secret, faults) : { kind: "untried" },
      vault: matchVault(vault, clientId, secret),
      mayBeDeniedByAddress: client !== undefined && client.allowlist !== "none",
    },
  };
};
