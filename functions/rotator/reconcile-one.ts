import type { OAuthClient } from "../../apis/genesys/api.ts";
import { readMarker } from "../../core/marker.ts";
import type { RotatedCredential } from "../../core/rotation/credential.ts";
import type { CredentialRecord, ReadRecord } from "../../core/rotation/credential-record.ts";
import { type CurrentClient, judgeHealth } from "../../core/rotation/health.ts";
import {
  type CredentialPlan,
  type MarkedClient,
  reconcileCredential,
} from "../../core/rotation/reconciliation.ts";
import { stages } from "../../core/rotation/step-guard.ts";
import type { Lease } from "../ports.ts";
import { actFor } from "./actor.ts";
import { findClient, isScheduled } from "./deletion.ts";
import { isOf, madeAt } from "./marked-clients.ts";
import { metricNames } from "./metrics.ts";
import { clearOrphans } from "./orphans.ts";
import { until } from "./patience.ts";
import { type Held, retire } from "./retirement.ts";
import type { Rotator } from "./rotator.ts";
import { scheduleRetirement } from "./schedule.ts";
import { readStagedClients, type StagedClients } from "./staged-clients.ts";

/** What one sweep over all credentials shares and gathers. */
export interface Sweep {
  readonly clients: readonly (OAuthClient & { id: string })[];
  readonly isLedgerSound: boolean;
  readonly reports: string[];
  readonly rotations: string[];
  readonly skipped: string[];
  readonly failures: unknown[];
  orphans: number;
  deleted: number;
}

/** Mends what is known of one credential, then tells how it fares. */
export const reconcileOne = async (
  rotator: Rotator,
  credential: RotatedCredential,
  lease: Lease,
  known: ReadRecord,
  sweep: Sweep,
): Promise<void> => {
  const { ports, declarations } = rotator;
  const { settings } = declarations;
  const staged = await readStagedClients(rotator, credential);
  if (known.state === "damaged")
    sweep.reports.push(`${credential.id}: its record in the ledger was damaged and is made again.`);
  const clients = marked(sweep, credential, ports.clock.now());
  ports.metrics.emit(metricNames.generationsAlive, clients.length, "Count", { Credential: credential.id });
  if (staged.secret.deletedAt === undefined) {
    const api = await actFor(rotator, credential);
    const held: Held = { rotator, credential, lease, api };
    const now = ports.clock.now();
    const plan = reconcileCredential({
      credential,
      settings,
      known,
      versions: staged.versions,
      clients,
      now,
    });
    await mend(held, plan);
    await clearOrphans(held, plan.unknown, sweep, sweep.isLedgerSound && known.state === "known");
    await tellHealth(held, staged, plan.record, sweep);
    return;
  }
  const facts = { credential, ...staged, current: undefined, emergency: undefined, now: ports.clock.now() };
  sweep.reports.push(...judgeHealth(facts).reports);
};

const marked = (sweep: Sweep, { owner, client }: RotatedCredential, now: number): MarkedClient[] =>
  sweep.clients
    .filter((each) => isOf(each, owner))
    .map((each) => ({
      clientId: each.id,
      token: readMarker(each.description)?.token ?? "",
      madeAt: madeAt(each, now),
      tokenLifetimeSeconds: each.accessTokenValiditySeconds ?? client.accessTokenValiditySeconds,
      isLeaving: isScheduled(each),
    }));

const mend = async (held: Held, plan: CredentialPlan): Promise<void> => {
  const { rotator, credential, lease } = held;
  if (plan.isChanged) await rotator.ports.ledger.write(lease, plan.record);
  for (const generation of plan.toSchedule) await scheduleRetirement(rotator, credential, generation);
  let record: CredentialRecord = plan.record;
  for (const generation of plan.due) record = await retire(held, record, generation);
};

const tellHealth = async (
  { rotator, credential, api }: Held,
  { secret, versions }: StagedClients,
  { emergency }: CredentialRecord,
  sweep: Sweep,
): Promise<void> => {
  const { clock, metrics, emergencies } = rotator.ports;
  const version = versions.find((each) => each.stages.includes(stages.current));
  const current =
    version?.clientId === undefined
      ? undefined
      : await currentClient(rotator, credential, api, version.clientId);
  const health = judgeHealth({ credential, secret, versions, current, emergency, now: clock.now() });
  if (health.ageSeconds !== undefined)
    metrics.emit(metricNames.oldestSecretAge, health.ageSeconds, "Seconds", { Credential: credential.id });
  sweep.reports.push(...health.reports);
  if (health.rotate === undefined) return;
  sweep.reports.push(`${credential.id}: ${health.rotate}, so it is rotated at once.`);
  sweep.rotations.push(credential.id);
  await emergencies.send({
    group: credential.id,
    deduplicationId: `reconcile-${version?.versionId}`,
    body: { credentialId: credential.id, reason: health.rotate, contain: false },
  });
};

/** By its id, and with patience: the list may be incomplete or old. */
const currentClient = async (
  rotator: Rotator,
  { owner }: RotatedCredential,
  api: Held["api"],
  clientId: string,
): Promise<CurrentClient> => {
  const client = await until(rotator.ports.clock, () => findClient(api, clientId));
  if (client === undefined) return "missing";
  if (!isOf(client, owner)) return "foreign";
  return client.state === "active" ? "serving" : "stopped";
};
