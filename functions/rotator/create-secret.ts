import type { OAuthClient, RotationApi } from "../../apis/genesys/api.ts";
import { AmbiguousOutcomeError } from "../../apis/genesys/errors.ts";
import type { Secret } from "../../apis/http/secret.ts";
import { mayHaveBeenMade, planCreation } from "../../core/rotation/creation.ts";
import {
  type CredentialRecord,
  withGeneration,
  withIntent,
  withoutIntent,
} from "../../core/rotation/credential-record.ts";
import { stages } from "../../core/rotation/step-guard.ts";
import { planStrategy } from "../../core/rotation/strategy.ts";
import { superseded } from "../../core/rotation/supersession.ts";
import { abandon } from "./abandon.ts";
import { actFor } from "./actor.ts";
import { requireRoom } from "./census.ts";
import { generationBody } from "./client-body.ts";
import { issuedSecret, resetSecret } from "./client-secret.ts";
import { RotatorError } from "./errors.ts";
import { listClients, madeAt, markedWith } from "./marked-clients.ts";
import { until } from "./patience.ts";
import { resetInPlace } from "./reset-in-place.ts";
import { scheduleRetirement } from "./schedule.ts";
import { generationOfStep, readStored, type Step, store, writeRecord } from "./step.ts";

/** Obtains the new secret by the declared strategy and stores it, once however often it is called. */
export const createSecret = async (step: Step): Promise<void> => {
  const { credential, rotator } = step;
  const { settings, masterId } = rotator.declarations;
  const strategy = planStrategy(credential, settings.capabilities, masterId);
  switch (strategy.kind) {
    case "newClient":
      return makeGeneration(step);
    case "resetSecret":
      return resetInPlace(step);
    case "secondSecret":
      throw new RotatorError(
        "strategy",
        `${credential.id} declares the strategy overlappingSecrets, and the capability dualSecrets is set, but the platform's API (SDK 262) has no call that adds a second secret to a client. Declare blueGreenClients.`,
      );
    case "refused":
      throw new RotatorError("strategy", strategy.why);
  }
};

/** Makes a client and stores its secret as the pending version. */
const makeGeneration = async (step: Step): Promise<void> => {
  const stored = await readStored(step);
  if (stored.kind === "value") return;
  if (stored.kind === "damaged") return abandon(step, "its value is none that a rotation stores");
  const api = await actFor(step.rotator, step.credential);
  const { client, clientSecret, record } = await obtain(step, api);
  await store(step, { clientId: client.id, clientSecret }, [stages.pending]);
  const now = step.rotator.ports.clock.now();
  const generation = generationOfStep(step, client.id, madeAt(client, now));
  await writeRecord(
    step,
    withGeneration(withoutIntent(record, step.token), { ...generation, phase: "pending" }),
  );
};

interface Obtained {
  client: OAuthClient & { id: string };
  clientSecret: Secret;
  record: CredentialRecord;
}

const obtain = async (step: Step, api: RotationApi): Promise<Obtained> => {
  const { rotator, credential, token, known } = step;
  const now = rotator.ports.clock.now();
  const marked = mayHaveBeenMade(known, token) ? await lookUp(step, api) : [];
  const plan = planCreation(known.record, token, marked, now);
  switch (plan.kind) {
    case "adopt":
      return adopt(step, api, plan.client.clientId, plan.others);
    case "wait":
      throw unconfirmed(step, plan.until);
    case "create":
      await requireRoom(rotator, api, credential.id, known.record.emergency !== undefined);
      return create(step, api);
  }
};

/** With patience: a client that was made a moment ago may not be listed yet. */
const lookUp = async ({ rotator, credential, token }: Step, api: RotationApi) =>
  (await until(rotator.ports.clock, async () => {
    const marked = markedWith(await listClients(api), credential.owner, token);
    return marked.length === 0 ? undefined : marked;
  })) ?? [];

/** The client of an earlier attempt, whose secret nobody has: a new one is issued. */
const adopt = async (
  step: Step,
  api: RotationApi,
  clientId: string,
  others: readonly { clientId: string; madeAt: number }[],
): Promise<Obtained> => {
  const { rotator, known } = step;
  let record = known.record;
  for (const other of others) {
    const generation = superseded(
      generationOfStep(step, other.clientId, other.madeAt),
      rotator.ports.clock.now(),
    );
    record = withGeneration(record, generation);
    await scheduleRetirement(rotator, step.credential, generation);
  }
  if (others.length > 0) await writeRecord(step, record);
  rotator.ports.log.warn("The client of an earlier attempt is used, with a new secret", {
    credential: step.credential.id,
    clientId,
  });
  const clientSecret = await resetSecret(api, clientId);
  return { client: { ...(await api.oauthClients.get(clientId)), id: clientId }, clientSecret, record };
};

const create = async (step: Step, api: RotationApi): Promise<Obtained> => {
  const { rotator, credential, token, known } = step;
  const record = withIntent(known.record, { token, at: rotator.ports.clock.now() });
  await writeRecord(step, record);
  try {
    const client = await api.oauthClients.create(generationBody(credential, token));
    return { client: { ...client, id: client.id ?? "" }, clientSecret: issuedSecret(client), record };
  } catch (error) {
    if (!(error instanceof AmbiguousOutcomeError)) {
      // Nothing was made, and the next attempt need not wonder.
      await writeRecord(step, withoutIntent(record, token));
      throw error;
    }
    const [found, ...others] = await lookUp(step, api);
    if (found === undefined) throw unconfirmed(step, undefined, error);
    return { ...(await adopt(step, api, found.clientId, others)), record };
  }
};

const unconfirmed = ({ credential }: Step, until: number | undefined, cause?: unknown): RotatorError =>
  new RotatorError(
    "create-unconfirmed",
    `${credential.id}: it is unknown whether its new client was made. No second one is made before that is settled${until === undefined ? "" : ` (${new Date(until).toISOString()})`}; the rotation is tried again.`,
    { cause },
  );
