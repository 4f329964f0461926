import type { OAuthClient, RotationApi } from "../../apis/genesys/api.ts";
import type { RotatedCredential } from "../../core/rotation/credential.ts";
import type { RotatorPorts } from "../ports.ts";
import { bodyWithState } from "./client-body.ts";
import { isAlive } from "./marked-clients.ts";
import { ifFound, until } from "./patience.ts";

type Client = OAuthClient & { id: string };

/** The client, or undefined once it is gone: the platform answers 404, or with the state `deleted`. */
export const findClient = async (api: RotationApi, clientId: string): Promise<Client | undefined> => {
  const client = await ifFound(() => api.oauthClients.get(clientId));
  return client === undefined || !isAlive(client) ? undefined : { ...client, id: clientId };
};

/** Whether the platform will delete the client without another call. */
export const isScheduled = ({ state, dateToDelete }: Pick<OAuthClient, "state" | "dateToDelete">): boolean =>
  state === "inactive" && dateToDelete !== undefined;

/**
 * Sets the client's state and nothing else. The platform refuses client credentials without a role, even here; a
 * client that has lost its roles gets the declared ones, which the caller holds, while it is stopped.
 */
export const setState = async (
  api: RotationApi,
  { client: declared }: RotatedCredential,
  client: Client,
  state: "inactive" | "disabled",
  dateToDelete?: number,
): Promise<void> => {
  const body = bodyWithState(client, state, dateToDelete);
  if ((client.roleDivisions ?? []).length === 0) body.roleDivisions = [...declared.roleDivisions];
  await ifFound(() => api.oauthClients.update(client.id, body));
};

/**
 * Deletes a client as the platform wants it: inactive first, then deleted, then seen to be gone. A client older than
 * 30 days may be given 7 more days; that counts as done. False where it does not go yet.
 * https://help.mypurecloud.com/articles/delete-an-oauth-client/
 */
export const deleteClient = async (
  { clock }: Pick<RotatorPorts, "clock">,
  api: RotationApi,
  credential: RotatedCredential,
  client: Client,
): Promise<boolean> => {
  if (client.state !== "inactive") await setState(api, credential, client, "inactive");
  await ifFound(() => api.oauthClients.delete(client.id));
  const gone = await until(clock, async () => {
    const rest = await findClient(api, client.id);
    return rest === undefined || isScheduled(rest) ? true : undefined;
  });
  return gone === true;
};
