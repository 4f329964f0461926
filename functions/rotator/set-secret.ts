import { generationOf, withGeneration, withoutIntent } from "../../core/rotation/credential-record.ts";
import { actFor } from "./actor.ts";
import { generationBody, isAsDeclared } from "./client-body.ts";
import { madeAt } from "./marked-clients.ts";
import { pendingClient } from "./pending-client.ts";
import { generationOfStep, type Step, writeRecord } from "./step.ts";

/** Sees to it that the new generation is on the platform as it is declared, and in the ledger. */
export const setSecret = async (step: Step): Promise<void> => {
  const { rotator, credential, token, known } = step;
  const api = await actFor(rotator, credential);
  const { client } = await pendingClient(step, api);
  const body = generationBody(credential, token);
  if (!isAsDeclared(client, body)) {
    rotator.ports.log.warn("The new generation differs from the declared one and is mended", {
      credential: credential.id,
      clientId: client.id,
    });
    await api.oauthClients.update(client.id, body);
  }
  if (generationOf(known.record, client.id) !== undefined) return;
  const generation = generationOfStep(step, client.id, madeAt(client, rotator.ports.clock.now()));
  await writeRecord(
    step,
    withGeneration(withoutIntent(known.record, token), { ...generation, phase: "pending" }),
  );
};
