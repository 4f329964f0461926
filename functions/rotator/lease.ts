import { ledgerKey, type ReadRecord, readRecord } from "../../core/rotation/credential-record.ts";
import { type Lease, type Ledger, PortError } from "../ports.ts";
import { RotatorError } from "./errors.ts";
import { until } from "./patience.ts";
import type { Rotator } from "./rotator.ts";

/**
 * As long as any function that holds a lease may run (`functions/catalog.ts`), and a little more; the skew of the
 * clocks comes on top, because another function's clock decides whether the lease has ended.
 */
const longestWorkSeconds = 330;

/** A lease, and what the ledger said when it began. */
interface Opened {
  lease: Lease;
  known: ReadRecord;
}

const open = async (
  ledger: Ledger,
  key: string,
  holder: string,
  seconds: number,
): Promise<Opened | undefined> => {
  try {
    const opened = await ledger.open(key, holder, seconds);
    return opened && { lease: opened.lease, known: readRecord(opened.record) };
  } catch (error) {
    if (!(error instanceof PortError && error.code === "invalid")) throw error;
    // What cannot be read at all is a damaged record like any other, and is made again.
    const lease = await ledger.acquire(key, holder, seconds);
    return lease && { lease, known: readRecord(null) };
  }
};

/**
 * Does the work while nobody else changes the credential, with what the ledger knows of it.
 *
 * @throws RotatorError busy, when somebody else does so for a quarter of a minute
 */
export const underLease = async <T>(
  { ports: { ledger, clock, newHolder }, declarations }: Pick<Rotator, "ports" | "declarations">,
  credentialId: string,
  work: (lease: Lease, known: ReadRecord) => Promise<T>,
  workSeconds = longestWorkSeconds,
): Promise<T> => {
  const seconds = workSeconds + declarations.settings.skewSeconds;
  const key = ledgerKey(credentialId);
  const holder = newHolder();
  const opened = await until(clock, () => open(ledger, key, holder, seconds));
  if (opened === undefined)
    throw new RotatorError(
      "busy",
      `${credentialId} is being changed by somebody else. It is tried again; if this stays, a function has broken off, and its lease ends within ${seconds} seconds.`,
    );
  try {
    return await work(opened.lease, opened.known);
  } finally {
    // A lease that cannot be given back ends by itself.
    await ledger.release(opened.lease).catch(() => undefined);
  }
};
