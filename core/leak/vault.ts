import type { VaultAnswer } from "./evidence.ts";

export type Stage = Extract<VaultAnswer, { kind: "equal" }>["stage"];

/** One version in the secret store: which client it names, and what its secret looks like from outside. */
export interface StoredVersion {
  stage: Stage;
  clientId: string;
  /** SHA-256 of the client secret (`core/fingerprint.ts`). */
  fingerprint: string;
}

/** What the store holds of one credential or client, as far as it could be read. */
export interface Vault {
  versions: readonly StoredVersion[];
  /** Every version with a label was read and named a client. */
  isWhole: boolean;
}

export const silentVault: Vault = { versions: [], isWhole: false };

/** Newest first: a client that is reset in place is named by several versions, and its newest secret alone opens it. */
const newestFirst: readonly Stage[] = ["AWSPENDING", "AWSCURRENT", "AWSPREVIOUS"];

/** The version that the label is on. */
export const staged = ({ versions }: Vault, stage: Stage): StoredVersion | undefined =>
  versions.find((version) => version.stage === stage);

/**
 * The leaked secret against what the store holds for that client. Only the newest version that names the client
 * counts: older ones are overwritten on the platform. A version under two labels is told by the stronger,
 * AWSCURRENT. Where not every version could be read, none is known to be the newest.
 */
export const matchVault = (vault: Vault, clientId: string, fingerprint: string): VaultAnswer => {
  const named = newestFirst
    .map((stage) => staged(vault, stage))
    .filter((version) => version?.clientId === clientId)
    .filter((version) => version !== undefined);
  const [newest] = named;
  if (newest === undefined) return { kind: "silent" };
  if (newest.fingerprint !== fingerprint) return { kind: "different" };
  if (!vault.isWhole) return { kind: "silent" };
  const isCurrent = named.some((each) => each.stage === "AWSCURRENT" && each.fingerprint === fingerprint);
  return { kind: "equal", stage: isCurrent ? "AWSCURRENT" : newest.stage };
};

/**
 * Whose secret it is, by its looks alone: for a leak that no candidate accounts for. `isPartial`: nobody has it, but
 * not every store could be read.
 */
export const findInVaults = (
  vaults: readonly Vault[],
  fingerprint: string,
): { found?: StoredVersion; isPartial: boolean } => {
  const found = vaults.flatMap(({ versions }) => versions).find((each) => each.fingerprint === fingerprint);
  return found === undefined
    ? { isPartial: vaults.some(({ isWhole }) => !isWhole) }
    : { found, isPartial: false };
};
