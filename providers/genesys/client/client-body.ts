import type { OAuthClient, OAuthClientRequest } from "../../../apis/genesys/api.ts";
import { resolveEntries } from "../../../core/allowlist/resolve.ts";
import { readMarker, stripMarker, withMarker } from "../../../core/marker.ts";
import { present } from "../../dynamic/present.ts";
import type { RoleAssignment, RoleDivision } from "../types.ts";
import { clientAllowlistField } from "./client-allowlist-field.ts";
import type { ClientInputs, ClientOutputs } from "./client-inputs.ts";

type WithAllowlist = { [clientAllowlistField]?: string[] };

/** Nine of the platform's ten fields, all but the deprecated `roleIds`: PUT sets what is absent to its default. */
export const requestBody = (
  inputs: ClientInputs,
  roleDivisions: RoleDivision[],
): OAuthClientRequest & WithAllowlist => ({
  name: inputs.name,
  description: withMarker(inputs.description, inputs.owner, inputs.token),
  authorizedGrantType: inputs.authorizedGrantType,
  accessTokenValiditySeconds: inputs.accessTokenValiditySeconds,
  registeredRedirectUri: inputs.registeredRedirectUri ?? [],
  scope: inputs.scope ?? [],
  roleDivisions,
  state: inputs.state,
  ...(inputs.dateToDelete === undefined ? {} : { dateToDelete: inputs.dateToDelete }),
  ...(inputs.allowlistEnforcement === "client"
    ? { [clientAllowlistField]: resolveEntries(inputs.allowedIps ?? [], inputs.egress) }
    : {}),
});

/** The body that changes nothing of a client but its state. */
export const bodyWithState = (client: OAuthClient & WithAllowlist, state: string): OAuthClientRequest =>
  present({
    name: client.name,
    description: client.description,
    authorizedGrantType: client.authorizedGrantType,
    accessTokenValiditySeconds: client.accessTokenValiditySeconds,
    registeredRedirectUri: client.registeredRedirectUri ?? [],
    scope: client.scope ?? [],
    roleDivisions: client.roleDivisions ?? [],
    state,
    [clientAllowlistField]: client[clientAllowlistField],
  }) as OAuthClientRequest;

const sameAddresses = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, i) => each === b[i]);

/** The client's own allowlist, written as declared where that means the same. */
const allowedIpsOf = (client: OAuthClient & WithAllowlist, inputs: DeclaredClient): string[] | undefined => {
  const declared = inputs.allowedIps;
  if (inputs.allowlistEnforcement !== "client") return declared;
  const actual = resolveEntries(client[clientAllowlistField] ?? []);
  return sameAddresses(actual, resolveEntries(declared ?? [], inputs.egress)) ? declared : actual;
};

/** The inputs by which a client is described: those of a new declaration, or the outputs of the last one. */
type DeclaredClient = Omit<ClientInputs, "state" | "secretGeneration"> & { state: string };

/**
 * The outputs that describe a client as the platform has it, without its secret. `roles` are its roles by name.
 */
export const describeClient = (
  client: OAuthClient,
  inputs: DeclaredClient,
  roles: RoleAssignment[] | undefined,
): ClientOutputs => {
  const found = readMarker(client.description);
  // The platform sets a date of its own on a client that is declared inactive without one.
  const datedByPlatform =
    inputs.state === "inactive" && inputs.dateToDelete === undefined && client.state === "inactive";
  return present({
    owner: inputs.owner,
    token: inputs.token,
    egress: inputs.egress,
    allowlistEnforcement: inputs.allowlistEnforcement,
    secretSink: inputs.secretSink,
    adoptId: inputs.adoptId,
    name: client.name,
    description: stripMarker(client.description),
    marker: found === undefined ? undefined : `${found.prefix}#${found.token}`,
    authorizedGrantType: client.authorizedGrantType as ClientInputs["authorizedGrantType"],
    accessTokenValiditySeconds: client.accessTokenValiditySeconds ?? inputs.accessTokenValiditySeconds,
    roles,
    scope: client.scope,
    registeredRedirectUri: client.registeredRedirectUri,
    state: client.state ?? "active",
    dateToDelete: datedByPlatform ? undefined : client.dateToDelete,
    allowedIps: allowedIpsOf(client, inputs),
    clientId: client.id ?? "",
    roleDivisions: client.roleDivisions ?? [],
  }) as ClientOutputs;
};
