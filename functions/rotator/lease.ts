import { ledgerKey } from "../../core/rotation/credential-record.ts";
import type { Lease, RotatorPorts } from "../ports.ts";
import { RotatorError } from "./errors.ts";

/** Longer than any function that holds it may run, so that no holder outlives its lease. */
export const leaseSeconds = 330;

const waitsMilliseconds = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * Does the work while nobody else changes the credential.
 *
 * @throws RotatorError busy, when somebody else does so for a quarter of a minute
 */
export const underLease = async <T>(
  { ledger, clock, newHolder }: Pick<RotatorPorts, "ledger" | "clock" | "newHolder">,
  credentialId: string,
  work: (lease: Lease) => Promise<T>,
  seconds = leaseSeconds,
): Promise<T> => {
  const holder = newHolder();
  let lease = await ledger.acquire(ledgerKey(credentialId), holder, seconds);
  for (const wait of waitsMilliseconds) {
    if (lease !== undefined) break;
    await clock.sleep(wait);
    lease = await ledger.acquire(ledgerKey(credentialId), holder, seconds);
  }
  if (lease === undefined)
    throw new RotatorError(
      "busy",
      `${credentialId} is being changed by somebody else. It is tried again; if this stays, a function has broken off, and its lease ends within ${seconds} seconds.`,
    );
  try {
    return await work(lease);
  } finally {
    // A lease that cannot be given back ends by itself.
    await ledger.release(lease).catch(() => undefined);
  }
};
