import type { OAuthClient, RotationApi } from "../../apis/genesys/api.ts";
import type { RotatedCredential } from "../../core/rotation/credential.ts";
import {
  type CredentialRecord,
  type Generation,
  withGeneration,
  withoutGeneration,
} from "../../core/rotation/credential-record.ts";
import {
  comeAgainAt,
  judgeUse,
  nextStep,
  observedAt,
  type Retiring,
  type StopStep,
  stoppedAt,
} from "../../core/rotation/retirement.ts";
import type { Lease } from "../ports.ts";
import { deleteClient, findClient, setState } from "./deletion.ts";
import { isOf } from "./marked-clients.ts";
import { metricNames } from "./metrics.ts";
import { until } from "./patience.ts";
import type { Rotator } from "./rotator.ts";
import { scheduleAt } from "./schedule.ts";
import { requestsOf } from "./usage.ts";

/** A credential whose lease is held. */
export interface Held {
  rotator: Rotator;
  credential: RotatedCredential;
  lease: Lease;
  api: RotationApi;
}

type Client = OAuthClient & { id: string };

/** The platform's own deletion comes after ours, should ours not come. */
const secondCleanerMilliseconds = 3_600_000;

/** When a deletion that the platform did not carry out is tried again. */
const retryMilliseconds = 600_000;

/** A client this young may exist although the platform does not show it. */
const youngMilliseconds = 600_000;

/**
 * Takes a superseded generation as far as it may go now, and has itself called again when more is due. The caller
 * has made sure that the generation is neither current nor pending. Returns the credential's record, as written.
 */
export const retire = async (
  held: Held,
  record: CredentialRecord,
  generation: Retiring,
): Promise<CredentialRecord> => {
  const { rotator, credential, api } = held;
  const now = rotator.ports.clock.now();
  const step = nextStep(generation, credential, rotator.declarations.settings, now);
  if (step.kind === "wait") {
    const { skewSeconds } = rotator.declarations.settings;
    const time = comeAgainAt(step.until, now, skewSeconds);
    await scheduleAt(rotator, credential, generation.clientId, time);
    return record;
  }
  // One look that shows nothing is not believed: a generation that is forgotten while it exists stays for ever.
  const client = await until(rotator.ports.clock, () => findClient(api, generation.clientId));
  if (client === undefined) {
    if (now - generation.madeAt >= youngMilliseconds) return forget(held, record, generation, "is gone");
    await scheduleAt(rotator, credential, generation.clientId, generation.madeAt + youngMilliseconds);
    return record;
  }
  if (!isOf(client, credential.owner, generation.token))
    return forget(held, record, generation, "carries another marker, so it is left alone");
  switch (step.kind) {
    case "look":
      return look(held, record, generation as Extract<Retiring, { phase: "draining" | "observing" }>, client);
    case "stop":
      return stop(held, record, generation, client, step);
    case "delete": {
      if (await deleteClient(rotator.ports, api, credential, client))
        return forget(held, record, generation, "is deleted");
      await scheduleAt(rotator, credential, client.id, rotator.ports.clock.now() + retryMilliseconds);
      return record;
    }
  }
};

const forget = async (
  { rotator, credential, lease }: Held,
  record: CredentialRecord,
  { clientId }: Generation,
  why: string,
): Promise<CredentialRecord> => {
  const next = withoutGeneration(record, clientId);
  await rotator.ports.ledger.write(lease, next);
  rotator.ports.log.info(`An old generation ${why}`, { credential: credential.id, clientId });
  return next;
};

const look = async (
  held: Held,
  record: CredentialRecord,
  generation: Extract<Retiring, { phase: "draining" | "observing" }>,
  client: Client,
): Promise<CredentialRecord> => {
  const { rotator, credential, lease, api } = held;
  const { clock, metrics, log, ledger } = rotator.ports;
  const requests = await requestsOf(rotator.ports, api, client);
  const seen = { at: clock.now(), ...(requests === undefined ? {} : { requests }) };
  const { step, inUse } = judgeUse(generation, seen, credential, rotator.declarations.settings);
  if (inUse) {
    metrics.emit(metricNames.oldGenerationInUse, 1, "Count", { Credential: credential.id });
    log.warn("An old generation is used beyond its time, or its use is unknown", {
      credential: credential.id,
      clientId: client.id,
      requests,
    });
  }
  if (step.kind === "stop") return stop(held, record, generation, client, step);
  const next = withGeneration(record, observedAt(generation, seen));
  await ledger.write(lease, next);
  await scheduleAt(rotator, credential, client.id, step.until);
  return next;
};

const stop = async (
  held: Held,
  record: CredentialRecord,
  generation: Retiring,
  client: Client,
  { state, deleteAt }: StopStep,
): Promise<CredentialRecord> => {
  const { rotator, credential, lease, api } = held;
  const { clock, ledger, log } = rotator.ports;
  const clientId = client.id;
  const dateToDelete = state === "inactive" ? deleteAt + secondCleanerMilliseconds : undefined;
  await setState(api, credential, client, state, dateToDelete);
  const stopped = stoppedAt(generation, clock.now());
  const next = withGeneration(record, stopped);
  await ledger.write(lease, next);
  log.info(`An old generation is ${state}`, { credential: credential.id, clientId });
  // What is due at once, as after a leak, is done at once.
  if (deleteAt <= clock.now()) return retire(held, next, stopped);
  await scheduleAt(rotator, credential, clientId, deleteAt);
  return next;
};
