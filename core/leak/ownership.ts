import { readMarker } from "../marker.ts";
import type { RotatedCredential, RotationDeclarations } from "../rotation/credential.ts";
import { type CredentialRecord, generationOf } from "../rotation/credential-record.ts";
import type { LeakDeclarations } from "./declarations.ts";
import type { Ownership } from "./evidence.ts";
import { staged, type Vault } from "./vault.ts";

/** A client as the platform describes it. */
export interface DescribedClient {
  clientId: string;
  /** Ends with the marker of who made it. Undefined also where the platform does not know the client. */
  description?: string;
}

export interface Declared {
  rotation: Pick<RotationDeclarations, "credentials">;
  leak: Pick<LeakDeclarations, "clients" | "decoys">;
}

/** Where a credential's generations stand: needed of the rotated ones alone. */
export interface CredentialState {
  vault: Vault;
  record: CredentialRecord;
}

/** The rotated credential that the client is a generation of, by its marker or, where it has none, by the store. */
export const credentialOf = (
  { clientId, description }: DescribedClient,
  { rotation: { credentials } }: Pick<Declared, "rotation">,
  vaults: Readonly<Record<string, Vault>> = {},
): RotatedCredential | undefined => {
  const owner = readMarker(description)?.prefix;
  return (
    credentials.find((credential) => credential.owner === owner) ??
    credentials.find(({ id }) => vaults[id]?.versions.some((version) => version.clientId === clientId))
  );
};

/**
 * Which of the credential's generations it is. The store's labels decide. Where they cannot be read, the ledger does,
 * and without its word the client counts as current: that costs a replacement at worst, not an outage.
 */
export const generationKind = (
  clientId: string,
  { vault, record }: CredentialState,
): Extract<Ownership, { kind: "rotated" }>["generation"] => {
  if (staged(vault, "AWSCURRENT")?.clientId === clientId) return "current";
  if (staged(vault, "AWSPENDING")?.clientId === clientId) return "pending";
  if (vault.isWhole && staged(vault, "AWSCURRENT") !== undefined) return "superseded";
  const phase = generationOf(record, clientId)?.phase;
  switch (phase) {
    case undefined:
    case "live":
      return "current";
    case "pending":
      return "pending";
    default:
      return "superseded";
  }
};

/**
 * Whose client it is. `isOfOrganization`: the platform lists it, or answers for it by id. `state` of the credential
 * that `credentialOf` names.
 */
export const ownershipOf = (
  client: DescribedClient & { isOfOrganization: boolean },
  declared: Declared,
  state: (CredentialState & { credentialId: string }) | undefined,
): Ownership => {
  const { clientId } = client;
  const decoy = declared.leak.decoys.find((each) => each.clientId === clientId);
  if (decoy !== undefined) return { kind: "decoy", id: decoy.id };
  const single = declared.leak.clients.find((each) => each.clientId === clientId);
  if (single !== undefined) {
    const { id, secretArn } = single;
    return { kind: "declared", id, ...(secretArn === undefined ? {} : { secretArn }) };
  }
  if (state !== undefined)
    return {
      kind: "rotated",
      credentialId: state.credentialId,
      generation: generationKind(clientId, state),
    };
  if (!client.isOfOrganization) return { kind: "foreign" };
  const owner = readMarker(client.description)?.prefix;
  return { kind: "unmanaged", ...(owner === undefined ? {} : { owner }) };
};
