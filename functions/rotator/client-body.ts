import type { OAuthClient, OAuthClientRequest } from "../../apis/genesys/api.ts";
import { withMarker } from "../../core/marker.ts";
import type { RotatedCredential } from "../../core/rotation/credential.ts";

/**
 * The request field of the allowlist per client. Announced, and not in any published API: the name is an assumption,
 * and nothing is sent under it unless the stack says that the platform has it.
 * https://help.genesys.cloud/announcements/genesys-cloud/restrict-oauth-client-credentials-grants-to-allowed-ip-addresses/
 */
export const clientAllowlistField = "ipAllowlist";

type WithAllowlist<T> = T & { [clientAllowlistField]?: readonly string[] };

/** A generation as it is declared. PUT sets what is absent to its default, so it names every field. */
export const generationBody = (
  { client, owner }: RotatedCredential,
  token: string,
): WithAllowlist<OAuthClientRequest> => ({
  name: client.name,
  description: withMarker(client.description, owner, token),
  authorizedGrantType: "CLIENT-CREDENTIALS",
  accessTokenValiditySeconds: client.accessTokenValiditySeconds,
  registeredRedirectUri: [],
  scope: [],
  roleDivisions: client.roleDivisions.map(({ roleId, divisionId }) => ({ roleId, divisionId })),
  state: "active",
  ...(client.allowlist === undefined ? {} : { [clientAllowlistField]: [...client.allowlist] }),
});

/** The body that changes nothing of a client but its state. */
export const bodyWithState = (
  client: WithAllowlist<OAuthClient>,
  state: "active" | "disabled" | "inactive",
  dateToDelete?: number,
): OAuthClientRequest => {
  const body: WithAllowlist<Partial<OAuthClientRequest>> = {
    authorizedGrantType: client.authorizedGrantType,
    registeredRedirectUri: client.registeredRedirectUri ?? [],
    scope: client.scope ?? [],
    roleDivisions: client.roleDivisions ?? [],
    state,
  };
  if (client.name !== undefined) body.name = client.name;
  if (client.description !== undefined) body.description = client.description;
  if (client.accessTokenValiditySeconds !== undefined)
    body.accessTokenValiditySeconds = client.accessTokenValiditySeconds;
  if (client[clientAllowlistField] !== undefined) body[clientAllowlistField] = client[clientAllowlistField];
  if (dateToDelete !== undefined) body.dateToDelete = new Date(dateToDelete).toISOString();
  return body as OAuthClientRequest;
};

const asSet = (items: readonly string[] = []): string => JSON.stringify([...new Set(items)].sort());

const grantsOf = ({ roleDivisions = [] }: Pick<OAuthClient, "roleDivisions">): string =>
  asSet(roleDivisions.map(({ roleId, divisionId }) => `${roleId} ${divisionId}`));

/** Whether the platform has the client as the body says. */
export const isAsDeclared = (
  client: WithAllowlist<OAuthClient>,
  body: WithAllowlist<OAuthClientRequest>,
): boolean =>
  client.name === body.name &&
  client.description === body.description &&
  client.authorizedGrantType === body.authorizedGrantType &&
  client.accessTokenValiditySeconds === body.accessTokenValiditySeconds &&
  client.state === body.state &&
  grantsOf(client) === grantsOf(body) &&
  asSet(client.registeredRedirectUri) === asSet(body.registeredRedirectUri) &&
  asSet(client.scope) === asSet(body.scope) &&
  asSet(client[clientAllowlistField]) === asSet(body[clientAllowlistField]);
