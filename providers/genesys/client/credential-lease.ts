import { hostname } from "node:os";
import { LedgerRecordError, type TableLease } from "../../../apis/aws/ledger.ts";
import { NotFoundError } from "../../../apis/http/errors.ts";
import { logicalNameOf } from "../../../core/marker.ts";
import {
  type CredentialRecord,
  emptyRecord,
  ledgerKey,
  readRecord,
} from "../../../core/rotation/credential-record.ts";
import type { Session } from "../session.ts";
import type { RotatedInputs } from "./rotated-client-inputs.ts";
import { CredentialBusyError, LedgerGoneError } from "./rotation-errors.ts";

/** A credential that nobody else changes meanwhile. */
export interface HeldCredential {
  /** What the ledger says of it; nothing, where that cannot be read. */
  record(): Promise<CredentialRecord>;
  /** @throws LeaseLostError */
  note(record: CredentialRecord): Promise<void>;
  /** Before every change: holds on where little time is left. @throws CredentialBusyError if it is lost */
  stay(): Promise<void>;
}

/** Waiting for roles to count takes up to five minutes for each generation. */
const leaseSeconds = 900;
const renewMilliseconds = 600_000;

/** Six minutes: a function of the rotator ends after five. */
export const leaseWaitsMilliseconds = [2000, 4000, 8000, 16_000, ...Array(11).fill(30_000)];

/** The name of the credential for the rotator. */
export const credentialIdOf = (owner: string): string => logicalNameOf(owner) ?? owner;

/**
 * Does `work` while holding the credential's lease in the ledger, which the rotator takes as well.
 *
 * @throws CredentialBusyError, LedgerGoneError
 */
export const holdingCredential = async <T>(
  { aws, now, newToken, patience, warn }: Session,
  { owner, ledgerTable, awsRegion }: Pick<RotatedInputs, "owner" | "ledgerTable" | "awsRegion">,
  work: (held: HeldCredential) => Promise<T>,
): Promise<T> => {
  const id = credentialIdOf(owner);
  const key = ledgerKey(id);
  const ledger = aws.ledger(awsRegion, ledgerTable);
  const holder = `pulumi on ${hostname()} (${newToken()})`;
  const acquire = async () => {
    try {
      return await ledger.acquire(key, holder, leaseSeconds);
    } catch (error) {
      if (error instanceof NotFoundError) throw new LedgerGoneError(ledgerTable, awsRegion, error);
      throw error;
    }
  };
  const busy = async () => new CredentialBusyError(id, ledgerTable, await ledger.holder(key));
  const release = async (lease: TableLease | undefined): Promise<void> => {
    if (lease === undefined) return;
    try {
      await ledger.release(lease);
    } catch {
      // What was done is done. The others wait until the lease ends.
      warn(
        `The lease of the credential "${id}" could not be given back: its rotation waits until ${new Date(lease.until).toISOString()}.`,
      );
    }
  };

  let lease = await patience.until(acquire, leaseWaitsMilliseconds);
  if (lease === undefined) throw await busy();
  try {
    return await work({
      record: async () => {
        try {
          return readRecord(await ledger.read(key)).record;
        } catch (error) {
          if (error instanceof LedgerRecordError) return emptyRecord;
          throw error;
        }
      },
      note: async (record) => {
        if (lease !== undefined) await ledger.write(lease, record);
      },
      stay: async () => {
        if (lease !== undefined && lease.until - now() > renewMilliseconds) return;
        lease = await acquire();
        if (lease === undefined) throw await busy();
      },
    });
  } finally {
    await release(lease);
  }
};
