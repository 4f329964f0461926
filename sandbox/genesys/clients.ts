import type { Models } from "purecloud-platform-client-v2";
import { allowlistField, readClient } from "./client-request.ts";
import { notFound, PlatformError } from "./errors.ts";
import { requireRoles } from "./grant-rules.ts";
import { frozenJson } from "./json.ts";
import { page } from "./paging.ts";
import { anyOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";
import { type ClientRecord, unstamped } from "./records.ts";

/**
 * OAuth clients.
 *
 * Verified: the ten request fields, the grant types, the states, the lifetime's range and default (SDK 262 and its
 * Python twin); `missing.client.roles`, `auth.too.many.clients` (swagger of March 2018); `cannot.delete.client`
 * (CLI 166); the secret only in the answers to POST (platform announcement of February 2025); that the caller must
 * hold every role it gives (Terraform provider).
 * Assumed: the codes of refusals that no source names (`invalid.value`, `not.authorized`); that PUT sets absent
 * fields to their defaults; that names need not be unique; that scopes sent for client-credentials are kept and
 * mean nothing; that inactive clients count against the quota; that DELETE answers 204.
 */
const path = "/api/v2/oauth/clients";
export const defaultClientQuota = 500;

export const clientOperations: Operations = {
  [`GET ${path}`]: {
    permissions: anyOf("oauth:client:view"),
    run: (call) => {
      const clients = call.world.clients.listed().map((client) => shownClient(call, client));
      const pageSize = call.switches.clientList === "complete" ? Math.max(25, clients.length) : 25;
      return { status: 200, body: page(clients, path, pageSize, 1) };
    },
  },
  [`POST ${path}`]: {
    permissions: anyOf("oauth:client:add"),
    run: (call) => {
      const wanted = readClient(call, undefined);
      requireRoles(call, wanted.grants);
      checkQuota(call);
      const client = call.world.clients.add(
        {
          id: call.world.newId(),
          ...wanted,
          secret: call.world.newSecret(),
          ...unstamped,
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
      const client = call.world.clients.shown(id) ?? deleted;
      if (client === undefined) throw notFound(id);
      return { status: 200, body: shownClient(call, client) };
    },
  },
  [`PUT ${path}/{clientId}`]: {
    permissions: anyOf("oauth:client:edit"),
    run: (call) => {
      const current = existing(call);
      if (call.switches.updateNeedsRoles) requireRoles(call, current.grants);
      const wanted = readClient(call, current);
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
        const dates = [call.world.inSevenDays(), client.dateToDelete ?? call.world.inSevenDays()];
        const [dateToDelete = ""] = dates.sort();
        call.world.clients.edit(client.id, { dateToDelete }, call.by);
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

const toClient = (call: ApiCall, client: Readonly<ClientRecord>): Models.OAuthClient => ({
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

/** What GET answered of each client so far: good as long as its record is the same and answers look the same. */
const answers = new WeakMap<
  Readonly<ClientRecord>,
  { hasSecret: boolean; allowlistName: string; row: Models.OAuthClient }
>();

const shownClient = (call: ApiCall, client: Readonly<ClientRecord>): Models.OAuthClient => {
  const hasSecret = call.switches.secretInReads;
  const allowlistName = allowlistField(call);
  const known = answers.get(client);
  if (known?.hasSecret === hasSecret && known.allowlistName === allowlistName) return known.row;
  const row = frozenJson(toClient(call, client));
  answers.set(client, { hasSecret, allowlistName, row });
  return row;
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
