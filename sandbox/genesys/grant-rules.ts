import { badRequest, notAuthorized } from "./errors.ts";
import type { Fields } from "./fields.ts";
import type { ApiCall } from "./platform.ts";
import type { Grant } from "./records.ts";

/** A pair of role and division as a request has it, both known to the organisation. */
export const readPair = (call: ApiCall, pair: Fields): Grant =>
  grantOf(call, pair.requiredString("roleId"), pair.requiredString("divisionId"));

/** A grant of a known role in a known division; `*` is all divisions. */
export const grantOf = (call: ApiCall, roleId: string, divisionId: string): Grant => {
  if (!call.world.roles.has(roleId)) throw badRequest(`The role ${roleId} does not exist.`);
  if (divisionId !== "*" && !call.world.divisions.has(divisionId)) {
    throw badRequest(`The division ${divisionId} does not exist.`);
  }
  return call.world.grant(roleId, divisionId);
};

/** Refuses a caller who does not hold the roles himself (verified: Terraform provider; the code is assumed). */
export const requireRoles = (call: ApiCall, grants: readonly Grant[]): void => {
  const missing = grants.filter((grant) => !call.platform.authorization.holds(call.by.clientId, grant));
  if (missing.length === 0) return;
  const named = missing.map(({ roleId, divisionId }) => `${roleId} in ${divisionId}`).join(", ");
  throw notAuthorized(`You must have all of these roles yourself: ${named}.`);
};

export const isSameGrant =
  (a: Grant) =>
  (b: Grant): boolean =>
    a.roleId === b.roleId && a.divisionId === b.divisionId;
