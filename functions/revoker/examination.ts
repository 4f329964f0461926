import type { OAuthClient } from "../../apis/genesys/api.ts";
import type { Evidence } from "../../core/leak/evidence.ts";
import type { Examined } from "../../core/leak/judgement.ts";
import { credentialOf } from "../../core/leak/ownership.ts";
import { matchVault, type Vault } from "../../core/leak/vault.ts";
import type { RotatedCredential } from "../../core/rotation/credential.ts";
import { clientAllowlistField } from "../rotator/client-body.ts";
import type { Client, Described } from "./inventory.ts";
import { tryLogin } from "./leaked-login.ts";
import type { Revoker } from "./revoker.ts";
import { readVault } from "./vaults.ts";

/** A client to which the secret may belong, with all that was found out about it. */
export interface Suspect extends Examined {
  client?: Client;
  /** Of which it is a generation. */
  credential?: RotatedCredential;
  /** What the store holds of that credential, or of the declared client. */
  vault: Vault;
}

const isAllowlisted = (
  client: OAuthClient | undefined,
  credential: RotatedCredential | undefined,
): boolean => {
  const { [clientAllowlistField]: allowlist } = (client ?? {}) as { [clientAllowlistField]?: unknown };
  return credential?.client.allowlist !== undefined || (Array.isArray(allowlist) && allowlist.length > 0);
};

/** The rotated credential that a described client is a generation of. */
export const credentialOfClient = (
  { declarations }: Pick<Revoker, "declarations">,
  clientId: string,
  { client }: Described,
  vaults?: Readonly<Record<string, Vault>>,
): RotatedCredential | undefined =>
  credentialOf(
    { clientId, ...(client?.description === undefined ? {} : { description: client.description }) },
    { rotation: declarations },
    vaults,
  );

const isDecoy = ({ leak }: Pick<Revoker, "leak">, clientId: string): boolean =>
  leak.decoys.some((decoy) => decoy.clientId === clientId);

/** Ours by what the platform or the stack says: for no other id is the secret sent anywhere. */
export const isOurs = (
  { leak }: Pick<Revoker, "leak">,
  clientId: string,
  { answer }: Described,
  credential: RotatedCredential | undefined,
): boolean =>
  answer.kind === "found" ||
  credential !== undefined ||
  leak.clients.some((client) => client.clientId === clientId);

/**
 * Finds out whether the secret opens this client. A decoy is not logged in with: that would set off what it is there
 * for. `vaults` are what has been read of the store already, by credential.
 */
export const examine = async (
  revoker: Revoker,
  clientId: string,
  described: Described,
  { secret, fingerprint }: { secret: string; fingerprint: string },
  vaults: Readonly<Record<string, Vault>> = {},
): Promise<Suspect> => {
  const { ports, leak } = revoker;
  const credential = credentialOfClient(revoker, clientId, described, vaults);
  const declared = leak.clients.find((client) => client.clientId === clientId);
  const mayLogIn = isOurs(revoker, clientId, described, credential) && !isDecoy(revoker, clientId);
  const known = credential && vaults[credential.id];
  const [login, vault] = await Promise.all([
    mayLogIn ? tryLogin(ports.platform, clientId, secret) : ({ kind: "untried" } as const),
    known ?? readVault(ports, credential?.secretArn ?? declared?.secretArn),
  ]);
  const evidence: Evidence = {
    client: described.answer,
    login,
    vault: matchVault(vault, clientId, fingerprint),
    mayBeDeniedByAddress: isAllowlisted(described.client, credential),
  };
  return {
    clientId,
    evidence,
    vault,
    ...(described.client === undefined ? {} : { client: described.client }),
    ...(credential === undefined ? {} : { credential }),
  };
};

/** The suspect with what the store holds now. */
export const withVault = (suspect: Suspect, vault: Vault, fingerprint: string): Suspect => ({
  ...suspect,
  vault,
  evidence: { ...suspect.evidence, vault: matchVault(vault, suspect.clientId, fingerprint) },
});
