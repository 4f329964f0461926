import { generationOf, withGeneration } from "../../core/rotation/credential-record.ts";
import { stages } from "../../core/rotation/step-guard.ts";
import type { ClientCredential } from "../ports.ts";
import { actFor, stagedValue } from "./actor.ts";
import { resetSecret } from "./client-secret.ts";
import { RotatorError } from "./errors.ts";
import { until } from "./patience.ts";
import { readStored, type Step, store, writeRecord } from "./step.ts";
import { unrecordedGeneration } from "./unrecorded-generation.ts";

/**
 * Replaces the secret of the current client. The old secret is dead with the answer, so the new one is stored as the
 * current version at once, and there is nothing left to do for the other steps. A crash before that is mended by the
 * next attempt, which resets again.
 */
export const resetInPlace = async (step: Step): Promise<void> => {
  const { rotator, credential, known } = step;
  if ((await readStored(step)).kind !== "nothing")
    throw new RotatorError(
      "pending-abandoned",
      `${credential.id}: somebody wrote a value into the pending version ${step.versionId}. Remove its label AWSPENDING, and rotate again.`,
    );
  const api = await actFor(rotator, credential);
  const clientId =
    (await stagedValue(rotator, credential, stages.current))?.clientId ??
    known.record.generations.find(({ phase }) => phase === "live")?.clientId;
  const client =
    clientId &&
    (await until(rotator.ports.clock, () => unrecordedGeneration({ rotator, credential, api }, clientId)));
  if (client === undefined || client === "")
    throw new RotatorError(
      "not-working",
      `${credential.id}: the current version of its secret names no client of this credential, so there is none whose secret could be reset. Run \`pulumi up\`, or declare blueGreenClients.`,
    );
  const clientSecret = await resetSecret(api, client.clientId);
  await store(step, { clientId: client.clientId, clientSecret }, [stages.current, stages.pending]);
  const { emergency: _ended, ...record } = known.record;
  const recorded = generationOf(record, client.clientId) ?? client;
  await writeRecord(step, withGeneration(record, { ...recorded, phase: "live" }));
  await tell(step, { clientId: client.clientId, clientSecret });
};

/** There is no way back; whether it works is for the log. */
const tell = async ({ rotator, credential }: Step, own: ClientCredential): Promise<void> => {
  const { clock, log } = rotator.ports;
  const works = await until(clock, async () => {
    try {
      await rotator.as(own).session.login();
      return true;
    } catch {
      return undefined;
    }
  });
  if (works === undefined)
    log.error("The new secret is current and does not work yet", { credential: credential.id });
};
