import type { Models } from "purecloud-platform-client-v2";
import { isIPv4Cidr, isPrivate } from "./addresses.ts";
import { badRequest, invalidValue, notAuthorized, notFound, PlatformError, requiredField } from "./errors.ts";
import { type Fields, fieldNames, fieldsOf } from "./fields.ts";
import { page } from "./paging.ts";
import { anyOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";
import type { ClientRecord, Grant } from "./records.ts";

/**
 * OAuth clients.
 *
 * Verified: the ten request fields, the grant types, the states, the lifetime's range and default (SDK 262 and its
 * Python twin); `missing.client.roles`, `auth.too.many.clients` (swagger of March 2018); `cannot.delete.client`
 * (CLI 166); the secret only in the answers to POST (platform announcement of February 2025); that the caller must
 * hold every role it gives (Terraform provider).
 * Assumed: the codes of refusals that no source names (`invalid.value`, `not.authorized`); that PUT sets absent
 * fields to their defaults; that names need not be unique; that scopes sent for client-credentials are kept and
 * mean nothing; that inactive clients count against the quota.
 */
const path = "/api/v2/oauth/clients";
const grantTypes = ["CODE", "TOKEN", "SAML2-BEARER", "PASSWORD", "CLIENT-CREDENTIALS"] as const;
const requestFields = fieldNames<Models.OAuthClientRequest>({
  name: true,
  accessTokenValiditySeconds: true,
  description: true,
  registeredRedirectUri: true,
  roleIds: true,
  authorizedGrantType: true,
  scope: true,
  roleDivisions: true,
  state: true,
  dateToDelete: true,
});

export const defaultClientQuota = 500;

export const clientOperations: Operations = {
  [`GET ${path}`]: {
    permissions: anyOf("oauth:client:view"),
    run: (call) => {
      const clients = call.world.clients.list().map((client) => toClient(call, client));
      const pageSize = call.switches.clientList === "complete" ? Math.max(25, clients.length) : 25;
      return { status: 200, body: page(clients, path, pageSize, 1) };
    },
  },
  [`POST ${path}`]: {
    permissions: anyOf("oauth:client:add"),
    run: (call) => {
      const wanted = readRequest(call, undefined);
      requireRoles(call, wanted.grants);
      checkQuota(call);
      const client = call.world.clients.add(
        {
          id: call.world.newId(),
          ...wanted,
          secret: call.world.newSecret(),
          dateCreated: "",
          dateModified: "",
          createdBy: "",
          modifiedBy: "",
        },
        call.by,
      );
      return { status: 200, body: { ...toClient(call, client), secret: client.secret } };
    },
  },
  [`GET ${path}/{clientId}`]: {
    permissions: anyOf("oauth:client:view"),
    run: (call) => {
      const id = call.param("clientId");
      const deleted =
        call.switches.deletedClientReads === "deletedState" ? call.world.deletedClients.get(id) : undefined;
      const client = call.world.clients.read(id) ?? deleted;
      if (client === undefined) throw notFound(id);
      return { status: 200, body: toClient(call, client) };
    },
  },
  [`PUT ${path}/{clientId}`]: {
    permissions: anyOf("oauth:client:edit"),
    run: (call) => {
      const current = existing(call);
      if (call.switches.updateNeedsRoles) requireRoles(call, current.grants);
      const wanted = readRequest(call, current);
      requireRoles(call, wanted.grants);
      const client = call.world.clients.edit(
        current.id,
        {
          description: undefined,
          dateToDelete: undefined,
          allowlist: undefined,
          ...wanted,
        } as Partial<ClientRecord>,
        call.by,
      );
      return { status: 200, body: toClient(call, client) };
    },
  },
  [`DELETE ${path}/{clientId}`]: {
    permissions: anyOf("oauth:client:delete"),
    run: (call) => {
      const client = existing(call);
      if (client.state !== "inactive") {
        throw new PlatformError(
          400,
          "cannot.delete.client",
          "Clients must be marked as inactive to be eligible for deletion.",
        );
      }
      if (call.switches.deleteOfOldClient === "scheduled" && call.world.isOlderThan30Days(client)) {
        call.world.clients.edit(client.id, { dateToDelete: call.world.inSevenDays() }, call.by);
      } else {
        call.world.deleteClient(client.id, call.by);
      }
      return { status: 204 };
    },
  },
  [`POST ${path}/{clientId}/secret`]: {
    permissions: anyOf("oauth:client:edit"),
    run: (call) => {
      const { id, grants } = existing(call);
      if (call.switches.secretResetNeedsRoles) requireRoles(call, grants);
      const secret = call.world.newSecret();
      call.world.audits.as(call.switches.secretResetAction, () =>
        call.world.clients.edit(id, { secret }, call.by),
      );
      if (call.switches.secretResetKillsTokens) call.world.tokens.revokeAllOf(id);
      return { status: 200, body: { ...toClient(call, existing(call)), secret } };
    },
  },
};

const existing = (call: ApiCall): ClientRecord => {
  const id = call.param("clientId");
  const client = call.world.clients.get(id);
  if (client === undefined) throw notFound(id);
  return client;
};

const toClient = (call: ApiCall, client: ClientRecord): Models.OAuthClient => ({
  id: client.id,
  name: client.name,
  ...(client.description === undefined ? {} : { description: client.description }),
  accessTokenValiditySeconds: client.accessTokenValiditySeconds,
  authorizedGrantType: client.authorizedGrantType,
  registeredRedirectUri: client.registeredRedirectUri,
  scope: client.scope,
  roleIds: [...new Set(client.grants.map(({ roleId }) => roleId))],
  roleDivisions: client.grants.map(({ roleId, divisionId }) => ({ roleId, divisionId })),
  state: client.state,
  ...(client.dateToDelete === undefined ? {} : { dateToDelete: client.dateToDelete }),
  ...(call.switches.secretInReads ? { secret: client.secret } : {}),
  dateCreated: client.dateCreated,
  dateModified: client.dateModified,
  createdBy: { id: client.createdBy },
  modifiedBy: { id: client.modifiedBy },
  ...(client.allowlist === undefined ? {} : { [allowlistField(call)]: client.allowlist }),
  selfUri: `${path}/${client.id}`,
});

const allowlistField = (call: ApiCall): string => call.platform.options.clientAllowlistField ?? "ipAllowlist";

type Wanted = Omit<
  ClientRecord,
  "id" | "secret" | "dateCreated" | "dateModified" | "createdBy" | "modifiedBy"
>;

const readRequest = (call: ApiCall, current: ClientRecord | undefined): Wanted => {
  const { clientAllowlist } = call.switches;
  const fields = fieldsOf(
    call,
    clientAllowlist === "unavailable" ? requestFields : [...requestFields, allowlistField(call)],
  );
  const name = fields.requiredString("name");
  const authorizedGrantType = readGrantType(call, fields, current);
  const isClientCredentials = authorizedGrantType === "CLIENT-CREDENTIALS";
  const scope = fields.strings("scope") ?? [];
  if (!isClientCredentials && scope.length === 0) throw requiredField("scope");
  const grants = isClientCredentials ? readGrants(call, fields) : [];
  if (isClientCredentials && grants.length === 0) {
    throw new PlatformError(400, "missing.client.roles", "Client roles are missing.");
  }
  const description = fields.string("description");
  const dateToDelete = fields.date("dateToDelete");
  const state = readState(call, fields, current);
  if (dateToDelete !== undefined && state === "active" && call.switches.dateToDeleteNeedsInactive) {
    throw invalidValue("dateToDelete", dateToDelete, "none on a client that is not inactive");
  }
  const deletion =
    dateToDelete ??
    (state === "inactive" && call.switches.inactiveSchedulesDeletion
      ? (current?.dateToDelete ?? call.world.inSevenDays())
      : undefined);
  const allowlist =
    clientAllowlist === "unavailable" || !isClientCredentials
      ? undefined
      : fields.strings(allowlistField(call));
  for (const cidr of allowlist ?? []) {
    if (!isIPv4Cidr(cidr) || isPrivate(cidr))
      throw invalidValue(allowlistField(call), cidr, "public IPv4 CIDRs");
  }
  if (clientAllowlist === "mandatory" && isClientCredentials && current === undefined && !allowlist?.length) {
    throw requiredField(allowlistField(call));
  }
  return {
    name,
    authorizedGrantType,
    accessTokenValiditySeconds: readLifetime(fields),
    registeredRedirectUri: fields.strings("registeredRedirectUri") ?? [],
    scope,
    grants,
    state,
    ...(description === undefined ? {} : { description }),
    ...(deletion === undefined ? {} : { dateToDelete: deletion }),
    ...(allowlist === undefined ? {} : { allowlist }),
  };
};

const readGrantType = (call: ApiCall, fields: Fields, current: ClientRecord | undefined): string => {
  if (!fields.has("authorizedGrantType")) {
    throw new PlatformError(400, "grant.type.required", "Grant type is required.");
  }
  const sent = fields.string("authorizedGrantType");
  const grantType = grantTypes.find((each) => each === sent);
  const isNewImplicit = grantType === "TOKEN" && current?.authorizedGrantType !== "TOKEN";
  if (grantType === undefined || (isNewImplicit && !call.switches.implicitGrantForNewClients)) {
    throw new PlatformError(400, "bad.grant.type", "Invalid grant type.", {
      messageParams: { authorizedGrantType: String(sent), allowableValues: grantTypes.join(", ") },
    });
  }
  return grantType;
};

const readLifetime = (fields: Fields): number => {
  const seconds = fields.integer("accessTokenValiditySeconds") ?? 86400;
  if (seconds < 300 || seconds > 172800) {
    throw invalidValue("accessTokenValiditySeconds", seconds, "300..172800");
  }
  return seconds;
};

const readState = (
  call: ApiCall,
  fields: Fields,
  current: ClientRecord | undefined,
): "active" | "disabled" | "inactive" => {
  const state = fields.oneOf("state", ["active", "disabled", "inactive"]) ?? "active";
  const becomesDisabled = state === "disabled" && current?.state !== "disabled";
  if (becomesDisabled && !call.switches.tenantMaySetDisabled) {
    throw invalidValue("state", state, "active, inactive");
  }
  return state;
};

const readGrants = (call: ApiCall, fields: Fields): Grant[] => {
  const pairs =
    fields.objects("roleDivisions")?.map((pair) => ({
      roleId: pair.requiredString("roleId"),
      divisionId: pair.requiredString("divisionId"),
    })) ??
    (fields.strings("roleIds") ?? []).map((roleId) => ({ roleId, divisionId: call.world.homeDivisionId }));
  const unique = new Map(pairs.map((pair) => [`${pair.roleId} ${pair.divisionId}`, pair]));
  return [...unique.values()].map(({ roleId, divisionId }) => {
    if (!call.world.roles.has(roleId)) throw badRequest(`The role ${roleId} does not exist.`);
    if (divisionId !== "*" && !call.world.divisions.has(divisionId)) {
      throw badRequest(`The division ${divisionId} does not exist.`);
    }
    return call.world.grant(roleId, divisionId);
  });
};

const requireRoles = (call: ApiCall, grants: readonly Grant[]): void => {
  const missing = grants.filter((grant) => !call.platform.holds(call.by.clientId, grant));
  if (missing.length > 0) {
    throw notAuthorized(
      `You must have all of the roles that the client has: ${missing.map(({ roleId, divisionId }) => `${roleId} in ${divisionId}`).join(", ")}.`,
    );
  }
};

const checkQuota = (call: ApiCall): void => {
  const maximum = call.platform.options.clientQuota ?? defaultClientQuota;
  if (call.world.clients.size < maximum) return;
  throw new PlatformError(400, "auth.too.many.clients", "Too many clients exist in this organization.", {
    limit: { namespace: "auth.api", key: clientLimitKey, value: maximum },
  });
};

/** The key under which the quota stands in the namespace `auth.api`. Assumed: not published. */
export const clientLimitKey = "oauth.clients.max";
