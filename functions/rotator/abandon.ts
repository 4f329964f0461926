import type { Generation } from "../../core/rotation/credential-record.ts";
import { isRetiring } from "../../core/rotation/retirement.ts";
import { stages } from "../../core/rotation/step-guard.ts";
import { superseded } from "../../core/rotation/supersession.ts";
import { RotatorError } from "./errors.ts";
import { scheduleRetirement } from "./schedule.ts";
import { type Step, writeRecord } from "./step.ts";

/**
 * Gives a pending version up that must not become current. Its client is retired like any other, and the label is
 * taken from the version, so that the next rotation begins anew instead of repeating this one for ever.
 *
 * @throws RotatorError pending-abandoned, always
 */
export const abandon = async (step: Step, why: string): Promise<never> => {
  const { rotator, credential, versionId, token, known } = step;
  const now = rotator.ports.clock.now();
  const isGivenUp = (generation: Generation) => generation.token === token && generation.phase === "pending";
  const generations = known.record.generations.map((generation) =>
    isGivenUp(generation) ? superseded(generation, now) : generation,
  );
  await writeRecord(step, { ...known.record, generations });
  for (const generation of generations)
    if (generation.token === token && isRetiring(generation))
      await scheduleRetirement(rotator, credential, generation);
  await rotator.ports.secrets.moveStage(credential.secretArn, stages.pending, { from: versionId });
  throw new RotatorError(
    "pending-abandoned",
    `${credential.id}: the pending version ${versionId} is given up, because ${why}. The current version stays; the next rotation begins anew.`,
  );
};
