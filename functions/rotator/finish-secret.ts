import type { RotationApi } from "../../apis/genesys/api.ts";
import { generationOf, type KnownClient } from "../../core/rotation/credential-record.ts";
import { stages, versionWith } from "../../core/rotation/step-guard.ts";
import { promote } from "../../core/rotation/supersession.ts";
import { actFor, stagedValue } from "./actor.ts";
import { madeAt } from "./marked-clients.ts";
import { until } from "./patience.ts";
import { scheduleRetirement } from "./schedule.ts";
import { generationOfStep, type Step, writeRecord } from "./step.ts";
import { provePending } from "./test-secret.ts";
import { unrecordedGeneration } from "./unrecorded-generation.ts";

/**
 * Between the record of who is superseded when and the change itself: more, and the old generation's users would be
 * given less time than is computed.
 */
const promptMilliseconds = 10_000;

/**
 * Makes the pending version current. Who is superseded is written and scheduled before: a crash after it costs
 * nothing, because what is current is never retired, whatever the ledger says; a crash before it would lose the old
 * generation.
 */
export const finishSecret = async (step: Step): Promise<void> => {
  const { rotator, credential, secret, versionId } = step;
  const { clock, log, secrets } = rotator.ports;
  const api = await actFor(rotator, credential);
  const { client } = await provePending(step, api);
  const previous = await currentGeneration(step, api);
  let recordedAt: number;
  do {
    recordedAt = clock.now();
    await recordPromotion(step, client, previous);
  } while (clock.now() - recordedAt > promptMilliseconds);
  const from = versionWith(secret, stages.current);
  await secrets.moveStage(credential.secretArn, stages.current, {
    to: versionId,
    ...(from === undefined ? {} : { from }),
  });
  log.info("A new generation is current", {
    credential: credential.id,
    clientId: client.id,
    superseded: previous?.clientId,
  });
};

const recordPromotion = async (
  step: Step,
  client: { id: string; dateCreated?: string },
  previous: KnownClient | undefined,
): Promise<void> => {
  const { rotator, credential, known } = step;
  const now = rotator.ports.clock.now();
  const next =
    generationOf(known.record, client.id) ?? generationOfStep(step, client.id, madeAt(client, now));
  const record = promote(known.record, next, previous, now);
  await writeRecord(step, record);
  for (const generation of record.generations)
    if (generation.phase === "draining" && generation.supersededAt === now)
      await scheduleRetirement(rotator, credential, generation);
};

/**
 * The generation that is current until now, if it is one of this credential: what somebody wrote into the secret by
 * hand may name any client, and only our own are ever retired.
 */
const currentGeneration = async (
  { rotator, credential, known }: Step,
  api: RotationApi,
): Promise<KnownClient | undefined> => {
  const value = await stagedValue(rotator, credential, stages.current);
  if (value === undefined) return undefined;
  // One look that shows nothing is not believed: a generation that is overlooked here stays active for ever.
  return (
    generationOf(known.record, value.clientId) ??
    until(rotator.ports.clock, () => unrecordedGeneration({ rotator, credential, api }, value.clientId))
  );
};
