import type { Models } from "purecloud-platform-client-v2";
import { isIPv4Cidr, isPrivate } from "./addresses.ts";
import { invalidValue, PlatformError, requiredField } from "./errors.ts";
import { type Fields, fieldNames, fieldsOf } from "./fields.ts";
import { grantOf, isSameGrant, readPair } from "./grant-rules.ts";
import type { ApiCall } from "./platform.ts";
import type { ClientRecord, Grant } from "./records.ts";

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

/** The name of the announced list's field on the wire. */
export const allowlistField = (call: ApiCall): string =>
  call.platform.options.clientAllowlistField ?? "ipAllowlist";

/** What a request can say of a client. */
export type WantedClient = Omit<
  ClientRecord,
  "id" | "secret" | "dateCreated" | "dateModified" | "createdBy" | "modifiedBy"
>;

/** A whole client as a POST or PUT asks for it: absent fields get their defaults. */
export const readClient = (call: ApiCall, current: ClientRecord | undefined): WantedClient => {
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
  const allowlist = isClientCredentials ? readAllowlist(call, fields, current) : undefined;
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

/** Only where the announced list is to be had. Assumed: it takes what the organisation's list takes. */
const readAllowlist = (
  call: ApiCall,
  fields: Fields,
  current: ClientRecord | undefined,
): string[] | undefined => {
  if (call.switches.clientAllowlist === "unavailable") return undefined;
  const field = allowlistField(call);
  const allowlist = fields.strings(field);
  const isMandatory = call.switches.clientAllowlist === "mandatory" && current === undefined;
  if (isMandatory && (allowlist ?? []).length === 0) throw requiredField(field);
  const unusable = allowlist?.find((cidr) => !isIPv4Cidr(cidr) || isPrivate(cidr));
  if (unusable !== undefined) throw invalidValue(field, unusable, "public IPv4 addresses and CIDRs");
  return allowlist;
};

const readGrants = (call: ApiCall, fields: Fields): Grant[] => {
  const grants =
    fields.objects("roleDivisions")?.map((pair) => readPair(call, pair)) ??
    (fields.strings("roleIds") ?? []).map((roleId) => grantOf(call, roleId, call.world.homeDivisionId));
  return grants.filter((grant, index) => grants.findIndex(isSameGrant(grant)) === index);
};
