import type { RotationApi } from "../../apis/genesys/api.ts";
import type { RotatedCredential, RotationDeclarations } from "../../core/rotation/credential.ts";
import type { RotatorPorts } from "../ports.ts";
import { actFor } from "./actor.ts";
import { takeCensus } from "./census.ts";
import { RotatorError } from "./errors.ts";
import { underLease } from "./lease.ts";
import { listClients } from "./marked-clients.ts";
import { metricNames } from "./metrics.ts";
import { reconcileOne, type Sweep } from "./reconcile-one.ts";
import { createRotator, credentialById, type Rotator } from "./rotator.ts";

/** What a sweep found and did; also written to the log. */
export interface ReconcileReport {
  /** What a person must see to, one sentence each. */
  reports: readonly string[];
  /** Clients with our marker that nothing knows. */
  orphans: number;
  deleted: number;
  /** Ids of credentials whose rotation was asked for. */
  rotations: readonly string[];
  /** Ids of credentials that were in other hands; the next sweep comes to them. */
  skipped: readonly string[];
}

/** Whether the ledger may be believed when it says nothing: it is readable, and not empty. */
const isLedgerSound = async ({ ports }: Rotator): Promise<boolean> => {
  try {
    return (await ports.ledger.all()).size > 0;
  } catch (error) {
    ports.log.error("The ledger cannot be read, so nothing is deleted", {
      error: error instanceof Error ? error.message : String(error),
    });
    return false;
  }
};

const masterApi = (rotator: Rotator): Promise<RotationApi> => {
  const master = credentialById(rotator, rotator.declarations.masterId);
  if (master === undefined)
    throw new RotatorError("bad-declarations", "The master credential is not declared.");
  return actFor(rotator, master);
};

const visit = async (rotator: Rotator, credential: RotatedCredential, sweep: Sweep): Promise<void> => {
  try {
    await underLease(rotator, credential.id, (lease, known) =>
      reconcileOne(rotator, credential, lease, known, sweep),
    );
  } catch (error) {
    if (error instanceof RotatorError && error.code === "busy") {
      sweep.skipped.push(credential.id);
      return;
    }
    sweep.failures.push(error);
    sweep.reports.push(`${credential.id}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/**
 * Compares platform, secrets and ledger, and mends what differs: the third cleaner, after the scheduler's events and
 * the platform's own deletion dates. One credential's trouble does not keep the others waiting.
 *
 * @throws AggregateError after the sweep, where a credential could not be looked at
 */
export const createReconcile = (ports: RotatorPorts, declarations: RotationDeclarations) => {
  const rotator = createRotator(ports, declarations);
  return async (_event: unknown): Promise<ReconcileReport> => {
    const api = await masterApi(rotator);
    const clients = await listClients(api);
    await takeCensus(rotator, api, clients.length);
    const sweep: Sweep = {
      clients,
      isLedgerSound: await isLedgerSound(rotator),
      reports: [],
      rotations: [],
      skipped: [],
      failures: [],
      orphans: 0,
      deleted: 0,
    };
    for (const credential of declarations.credentials) await visit(rotator, credential, sweep);
    ports.metrics.emit(metricNames.orphansFound, sweep.orphans, "Count");
    const { failures, clients: _clients, isLedgerSound: _sound, ...report } = sweep;
    for (const sentence of report.reports) ports.log.warn(sentence);
    ports.log.info("Reconciled", { ...report, reports: report.reports.length });
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} credentials could not be reconciled.`);
    return report;
  };
};
