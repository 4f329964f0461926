import { leakKey } from "../../core/leak/alert-case.ts";
import { type ContainmentCount, capKey, readCount } from "../../core/leak/hourly-cap.ts";
import { type LeakRecord, readLeak } from "../../core/leak/leak-record.ts";
import type { RotatedCredential } from "../../core/rotation/credential.ts";
import { ledgerKey, type ReadRecord, readRecord } from "../../core/rotation/credential-record.ts";
import type { Lease } from "../ports.ts";
import { RevokerError } from "./errors.ts";
import { type Leases, type Opened, workSeconds } from "./leases.ts";
import type { Revoker } from "./revoker.ts";

/** The count is read and written at once: whoever breaks off in between must not hold up the others. */
const capSeconds = 20;

/** What is held while one leak is answered: nobody else changes its client meanwhile. */
export interface Grip {
  readonly key: string;
  readonly credential?: RotatedCredential;
  /** Undefined for a client of no rotated credential, and where a rotation would not let go of it in time. */
  readonly rotation?: { lease: Lease; known: ReadRecord };
  /** It was waited for, so what was read before may be old. */
  readonly isLate: boolean;
  readonly leak: { lease: Lease; record: LeakRecord };
  readonly cap: {
    lease: Lease;
    count: ContainmentCount;
    /** All leaks share it: it is let go as soon as it has been written. */
    letGo(): void;
  };
}

export interface Gripped {
  clientId: string;
  fingerprint: string;
  credential: RotatedCredential | undefined;
  /** How long a rotation that is under way is waited for, in milliseconds since 1970. */
  until: number;
}

const rotationOf = (opened: Opened): NonNullable<Grip["rotation"]> => ({
  lease: opened.lease,
  known: readRecord(opened.record),
});

/**
 * Takes all three at once. Who does not get the credential lets go of the others before waiting for it, and who waits
 * for another one does so with the credential in hand: so no two can wait for each other.
 *
 * @throws RevokerError busy
 */
export const takeGrip = async (revoker: Revoker, leases: Leases, of: Gripped): Promise<Grip> => {
  const { ports, declarations } = revoker;
  const { credential } = of;
  const key = leakKey(of.clientId, of.fingerprint);
  const rotationSeconds = workSeconds + declarations.settings.skewSeconds;
  const openRotation = async (until?: number): Promise<Opened | undefined> => {
    if (credential === undefined) return undefined;
    const itsKey = ledgerKey(credential.id);
    return until === undefined
      ? leases.open(ports.ledger, itsKey, rotationSeconds)
      : leases.await(ports.ledger, itsKey, until, rotationSeconds);
  };
  let [rotation, leak, cap] = await Promise.all([
    openRotation(),
    leases.open(ports.cases, key),
    leases.open(ports.cases, capKey, capSeconds),
  ]);
  const isBusy = credential !== undefined && rotation === undefined;
  const isLate = isBusy || leak === undefined;
  if (isLate) {
    await Promise.all([leases.release(capKey), ...(isBusy ? [leases.release(key)] : [])]);
    cap = undefined;
  }
  if (isBusy) {
    leak = undefined;
    rotation = await openRotation(of.until);
  }
  leak ??= await leases.require(ports.cases, key);
  cap ??= await leases.require(ports.cases, capKey, capSeconds);
  return {
    key,
    ...(credential === undefined ? {} : { credential }),
    ...(rotation === undefined ? {} : { rotation: rotationOf(rotation) }),
    isLate,
    leak: { lease: leak.lease, record: readLeak(leak.record).leak },
    cap: {
      lease: cap.lease,
      count: readCount(cap.record).count,
      letGo: () => leases.letGo(capKey),
    },
  };
};

export const releaseGrip = async (leases: Leases, grip: Grip): Promise<void> => {
  const keys = [grip.key, capKey, ...(grip.credential === undefined ? [] : [ledgerKey(grip.credential.id)])];
  await Promise.all(keys.map((key) => leases.release(key)));
};

/** @throws RevokerError busy */
export const requireRotation = ({ rotation, credential }: Grip): NonNullable<Grip["rotation"]> => {
  if (rotation !== undefined) return rotation;
  throw new RevokerError("busy", `${credential?.id} is being rotated. The message comes again.`);
};
