import type { Models } from "purecloud-platform-client-v2";
import { isAllowed, isIPv4Cidr, isPrivate } from "./addresses.ts";
import { clientLimitKey, defaultClientQuota } from "./clients.ts";
import { badRequest, invalidValue, notFound } from "./errors.ts";
import { type Fields, fieldNames, fieldsOf } from "./fields.ts";
import { pageOf } from "./paging.ts";
import { anyOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";

/**
 * The organisation, its limits and its authentication settings.
 *
 * Verified: paths, permissions, models (SDK 262, Python SDK 257); at most 150 networks, IPv4 only, no private ones, the
 * caller's own address among them, an empty list is open (help article on allowed addresses). Assumed: that PATCH
 * leaves what it does not name, the codes of the refusals, the keys of the limits.
 */
const settingsPath = "/api/v2/organizations/authentication/settings";
const limitsPath = "/api/v2/organizations/limits/namespaces";
const maximumNetworks = 150;
const settingsFields = fieldNames<Models.OrgAuthSettings>({
  multifactorAuthenticationRequired: true,
  domainAllowlistEnabled: true,
  domainAllowlist: true,
  ipAddressAllowlist: true,
  passwordRequirements: true,
  inactivityTimeoutExclusions: true,
  universalLogout: true,
  tokenStorageLocation: true,
});

export const organizationOperations: Operations = {
  "GET /api/v2/organizations/me": {
    run: (call) => ({
      status: 200,
      body: { ...call.world.organization, selfUri: `/api/v2/organizations/${call.world.organization.id}` },
    }),
  },
  [`GET ${limitsPath}`]: {
    run: (call) => ({
      status: 200,
      body: pageOf(Object.keys(limits(call)), call.request.query, limitsPath),
    }),
  },
  [`GET ${limitsPath}/{namespaceName}`]: {
    run: (call) => {
      const namespace = call.param("namespaceName");
      const values = limits(call)[namespace];
      if (values === undefined) throw notFound(namespace);
      const entities = Object.entries(values).map(([key, value]) => ({ key, namespace, value }));
      return { status: 200, body: { entities } };
    },
  },
  [`GET ${settingsPath}`]: {
    permissions: anyOf("directory:organization:admin"),
    run: (call) => ({ status: 200, body: settings(call) }),
  },
  [`PATCH ${settingsPath}`]: {
    permissions: anyOf("directory:organization:admin"),
    run: (call) => {
      const fields = fieldsOf(call, settingsFields);
      const patch: Models.OrgAuthSettings = {};
      for (const name of [
        "multifactorAuthenticationRequired",
        "domainAllowlistEnabled",
        "universalLogout",
      ] as const) {
        const value = fields.boolean(name);
        if (value !== undefined) patch[name] = value;
      }
      for (const name of ["domainAllowlist", "inactivityTimeoutExclusions"] as const) {
        const value = fields.strings(name);
        if (value !== undefined) patch[name] = value;
      }
      const location = fields.string("tokenStorageLocation");
      if (location !== undefined) patch.tokenStorageLocation = location;
      const requirements = fields.object("passwordRequirements");
      if (requirements !== undefined) patch.passwordRequirements = requirements;
      const allowlist = readAllowlist(call, fields);
      if (allowlist !== undefined) patch.ipAddressAllowlist = allowlist;
      call.world.settings.edit("authentication", patch, call.by);
      return { status: 200, body: settings(call) };
    },
  },
};

const limits = (call: ApiCall): Record<string, Record<string, number>> => {
  const { clientQuota, rateLimitPerMinute } = call.platform.options;
  return {
    "auth.api": { [clientLimitKey]: clientQuota ?? defaultClientQuota },
    "platform.api": {
      "client.credentials.token.rate.per.minute":
        typeof rateLimitPerMinute === "number" ? rateLimitPerMinute : 300,
    },
  };
};

const settings = (call: ApiCall): Models.OrgAuthSettings => {
  const { id: _id, ...rest } = call.world.settings.get("authentication") ?? { id: "authentication" };
  return rest;
};

const readAllowlist = (call: ApiCall, fields: Fields): string[] | undefined => {
  const allowlist = fields.strings("ipAddressAllowlist");
  if (allowlist === undefined) return undefined;
  if (allowlist.length > maximumNetworks) {
    throw badRequest(`At most ${maximumNetworks} networks can be allowed, not ${allowlist.length}.`);
  }
  for (const cidr of allowlist) {
    if (!isIPv4Cidr(cidr) || isPrivate(cidr)) {
      throw invalidValue("ipAddressAllowlist", cidr, "public IPv4 addresses and CIDRs");
    }
  }
  if (!isAllowed(allowlist, call.by.sourceAddress)) {
    throw badRequest(`The allowlist must include your own address ${call.by.sourceAddress}.`);
  }
  return allowlist;
};
