import { judgeOrphan } from "../../core/rotation/orphans.ts";
import type { MarkedClient } from "../../core/rotation/reconciliation.ts";
import { deleteClient, findClient } from "./deletion.ts";
import { isOf } from "./marked-clients.ts";
import type { Sweep } from "./reconcile-one.ts";
import type { Held } from "./retirement.ts";
import { requestsOf } from "./usage.ts";

const reasons = {
  young: "it is young, and may belong to a rotation that is under way",
  "ledger-unsound": "the ledger was empty, unreadable or new, and nothing is deleted on its word",
  "enough-for-one-sweep": "this sweep has deleted as many as it may",
} as const;

/** Deletes the clients that are provably forgotten, and reports the others. */
export const clearOrphans = async (
  held: Held,
  orphans: readonly MarkedClient[],
  sweep: Sweep,
  isLedgerSound: boolean,
): Promise<void> => {
  for (const orphan of orphans) {
    if (!orphan.isLeaving) sweep.orphans += 1;
    const { settings } = held.rotator.declarations;
    const now = held.rotator.ports.clock.now();
    const verdict = judgeOrphan({ client: orphan, isLedgerSound, deleted: sweep.deleted, settings, now });
    const why =
      verdict.kind === "report" ? reasons[verdict.why] : await deleteUnlessUsed(held, orphan, sweep);
    // What the platform will delete by itself is helped along, and no news.
    if (why === undefined || orphan.isLeaving) continue;
    const about = `${held.credential.id}: the client ${orphan.clientId} carries its marker, and neither its secret nor the ledger knows it`;
    sweep.reports.push(`${about}; it stays, because ${why}.`);
  }
};

/** Undefined once it is deleted; otherwise why it stays. */
const deleteUnlessUsed = async (
  { rotator, credential, api }: Held,
  { clientId, token, isLeaving }: MarkedClient,
  sweep: Sweep,
): Promise<string | undefined> => {
  const { ports } = rotator;
  const client = await findClient(api, clientId);
  if (client === undefined) return undefined;
  if (!isOf(client, credential.owner, token)) return "its marker has changed";
  const requests = await requestsOf(ports, api, client);
  if (requests === undefined) return "its use is unknown";
  if (requests > 0) return `it has been used (${requests} requests): find out by whom, and delete it by hand`;
  if (!(await deleteClient(ports, api, credential, client))) return "the platform has not deleted it yet";
  if (isLeaving) return undefined;
  sweep.deleted += 1;
  ports.log.warn("A forgotten client is deleted", { credential: credential.id, clientId });
  return undefined;
};
