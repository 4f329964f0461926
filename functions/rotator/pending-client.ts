import type { OAuthClient, RotationApi } from "../../apis/genesys/api.ts";
import { generationOf } from "../../core/rotation/credential-record.ts";
import type { SecretValue } from "../../core/rotation/secret-value.ts";
import { abandon } from "./abandon.ts";
import { isAlive, isOf } from "./marked-clients.ts";
import { ifFound, until } from "./patience.ts";
import { requireStored, type Step, type Stored } from "./step.ts";

export interface PendingClient {
  value: SecretValue;
  client: OAuthClient & { id: string };
}

/**
 * The pending version and the client that it names, which must be the one that this rotation made: a version that
 * somebody edited is given up.
 *
 * @throws RotatorError nothing-pending, pending-abandoned
 */
export const pendingClient = async (step: Step, api: RotationApi): Promise<PendingClient> =>
  clientOf(step, api, await requireStored(step));

/** The same for what has been read from the version. @throws RotatorError pending-abandoned */
export const clientOf = async (
  step: Step,
  api: RotationApi,
  stored: Exclude<Stored, { kind: "nothing" }>,
): Promise<PendingClient> => {
  const { rotator, credential, token } = step;
  if (stored.kind === "damaged") return abandon(step, "its value is none that a rotation stores");
  const { value } = stored;
  const client = await until(rotator.ports.clock, () => ifFound(() => api.oauthClients.get(value.clientId)));
  if (client === undefined || !isAlive(client))
    return abandon(step, `its client ${value.clientId} is gone from the platform`);
  if (!isOf(client, credential.owner, token))
    return abandon(step, `its client ${value.clientId} is not the one that this rotation made`);
  const isContained = generationOf(step.known.record, value.clientId)?.contained === true;
  if (isContained || client.state === "disabled")
    return abandon(step, `its client ${value.clientId} has leaked and was stopped`);
  return { value, client: { ...client, id: value.clientId } };
};
