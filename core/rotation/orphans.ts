import type { RotationSettings } from "./credential.ts";
import type { MarkedClient } from "./reconciliation.ts";

/** What is known when a client with our marker is found that neither a version nor the ledger knows. */
export interface OrphanFacts {
  client: MarkedClient;
  /** The ledger is readable, not empty, and its record of this credential is whole. */
  isLedgerSound: boolean;
  /** Deleted in this sweep already. */
  deleted: number;
  settings: Pick<RotationSettings, "orphanAgeSeconds" | "orphansPerSweep">;
  /** Milliseconds since 1970. */
  now: number;
}

export type OrphanVerdict =
  /** Nothing speaks against its deletion but its use, which is looked at last. */
  | { kind: "delete-unless-used" }
  | { kind: "report"; why: "young" | "ledger-unsound" | "enough-for-one-sweep" };

/** Only what is provably forgotten is deleted; everything else is told. */
export const judgeOrphan = ({
  client,
  isLedgerSound,
  deleted,
  settings,
  now,
}: OrphanFacts): OrphanVerdict => {
  if (!isLedgerSound) return { kind: "report", why: "ledger-unsound" };
  if (now - client.madeAt < settings.orphanAgeSeconds * 1000) return { kind: "report", why: "young" };
  if (deleted >= settings.orphansPerSweep) return { kind: "report", why: "enough-for-one-sweep" };
  return { kind: "delete-unless-used" };
};
