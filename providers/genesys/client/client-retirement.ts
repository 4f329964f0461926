import type { OAuthClient } from "../../../apis/genesys/api.ts";
import { CannotDeleteActiveClientError } from "../../../apis/genesys/errors.ts";
import { marker } from "../../../core/marker.ts";
import { NotGoneError } from "../errors.ts";
import { ifFound } from "../existence.ts";
import { type Claim, ownership } from "../ownership.ts";
import type { Session } from "../session.ts";
import { bodyWithState } from "./client-body.ts";

/** The client, or undefined once it is gone: the platform answers 404, or with the state `deleted`. */
const look = async ({ api }: Session, clientId: string): Promise<OAuthClient | undefined> => {
  const client = await ifFound(() => api.oauthClients.get(clientId));
  return client?.state === "deleted" ? undefined : client;
};

/** Whether the platform will delete the client without another call. */
export const isScheduled = ({ state, dateToDelete }: Pick<OAuthClient, "state" | "dateToDelete">): boolean =>
  state === "inactive" && dateToDelete !== undefined;

/**
 * A client that a read does not show may be one that was made a moment ago. The attempt to delete it tells: a
 * client that is active refuses.
 */
const lookTwice = async (session: Session, clientId: string): Promise<OAuthClient | undefined> => {
  const client = await look(session, clientId);
  if (client !== undefined) return client;
  try {
    await ifFound(() => session.api.oauthClients.delete(clientId));
    return undefined;
  } catch (error) {
    if (!(error instanceof CannotDeleteActiveClientError)) throw error;
    return session.patience.until(() => look(session, clientId));
  }
};

/**
 * The body that sets a client inactive. The platform refuses client credentials without a role, even here; a client
 * that lost its roles, as when they were deleted, gets the one that everybody has.
 * https://help.mypurecloud.com/articles/about-roles-permissions/
 */
const inactiveBody = async ({ roles, divisions }: Session, client: OAuthClient) => {
  const body = bodyWithState(client, "inactive");
  const lacksRoles =
    client.authorizedGrantType === "CLIENT-CREDENTIALS" && (client.roleDivisions ?? []).length === 0;
  const employee = lacksRoles
    ? (await roles.all()).find(({ defaultRoleId }) => defaultRoleId === "employee")
    : undefined;
  return employee?.id === undefined
    ? body
    : { ...body, roleDivisions: [{ roleId: employee.id, divisionId: await divisions.home() }] };
};

/**
 * Deletes a client as the platform wants it: first set inactive, then deleted, then seen to be gone. May be
 * repeated after any failure. A client older than 30 days may be given 7 more days; that counts as done.
 *
 * A client that carries the marker of another resource, or of another creation of this one, is left alone: it has
 * been taken over since. Without a marker it is still the one whose id the state holds.
 * https://help.mypurecloud.com/articles/delete-an-oauth-client/
 */
export const retireClient = async (session: Session, clientId: string, claim: Claim): Promise<void> => {
  const { api, clients, patience, warn } = session;
  const holder = clients.holder(clientId);
  const client = await lookTwice(session, clientId);
  if (client === undefined) return;
  // What this run did to the client may not show yet.
  const owned = ownership(
    holder === undefined ? client.description : marker(holder.owner, holder.token),
    claim,
  );
  if (owned === "sibling" || owned === "foreign") {
    warn(`OAuth client ${clientId} was taken over by another resource since, and stays.`);
    return;
  }
  clients.changed(clientId);
  await ifFound(async () => {
    // Even if it seems inactive: it may have been made active a moment ago.
    await api.oauthClients.update(clientId, await inactiveBody(session, client));
    await api.oauthClients.delete(clientId);
  });
  const gone = await patience.until(async () => {
    const rest = await look(session, clientId);
    return rest === undefined || isScheduled(rest) ? true : undefined;
  });
  if (gone === undefined) throw new NotGoneError(`OAuth client ${clientId}`);
};
