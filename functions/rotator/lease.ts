import { ledgerKey } from "../../core/rotation/credential-record.ts";
import type { Lease } from "../ports.ts";
import { RotatorError } from "./errors.ts";
import type { Rotator } from "./rotator.ts";

/**
 * As long as any function that holds a lease may run (`functions/catalog.ts`), and a little more; the skew of the
 * clocks comes on top, because another function's clock decides whether the lease has ended.
 */
const longestWorkSeconds = 330;

const waitsMilliseconds = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * Does the work while nobody else changes the credential.
 *
 * @throws RotatorError busy, when somebody else does so for a quarter of a minute
 */
export const underLease = async <T>(
  { ports: { ledger, clock, newHolder }, declarations }: Pick<Rotator, "ports" | "declarations">,
  credentialId: string,
  work: (lease: Lease) => Promise<T>,
  workSeconds = longestWorkSeconds,
): Promise<T> => {
  const seconds = workSeconds + declarations.settings.skewSeconds;
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
