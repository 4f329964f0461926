/**
 * One switch for every behaviour that Genesys has not documented (or that only a third party claims).
 *
 * Each default is the reading that hurts a careless client most, unless another is far more likely; the reason
 * stands at the switch. What is safe under both positions is safe on the platform.
 */
export interface GenesysSwitches {
  /**
   * May a tenant PUT `state: "disabled"`? The state is in the vendor's enum, its Terraform provider knows only
   * active and inactive and speaks of "clients disabled by support". Default false: 400 `invalid.value`.
   */
  tenantMaySetDisabled: boolean;
  /** Do tokens issued before `inactive` live on? The text only stops new ones. Default true. */
  inactiveKeepsTokens: boolean;
  /**
   * Is a client that is set `inactive` without a `dateToDelete` deleted 7 days later? The vendor's text says "and
   * it will be deleted" without saying when; the user interface says 7 days. Default true.
   */
  inactiveSchedulesDeletion: boolean;
  /** Is `dateToDelete` refused on a client that stays active? Default true: 400 `invalid.value`. */
  dateToDeleteNeedsInactive: boolean;
  /**
   * DELETE of a client older than 30 days. The user interface gives such clients 7 days; what the API does is not
   * documented. Default "scheduled": 204, but the client stays, inactive, with a `dateToDelete` 7 days ahead.
   */
  deleteOfOldClient: "scheduled" | "immediate";
  /** What GET says of a deleted client; the Terraform provider expects either. Default "notFound". */
  deletedClientReads: "notFound" | "deletedState";
  /** Do tokens of a deleted client live to their expiry? Apps "lose access", nobody says how fast. Default true. */
  deletedClientKeepsTokens: boolean;
  /** Does POST /secret kill the tokens that the old secret obtained? Default false. */
  secretResetKillsTokens: boolean;
  /** Must the caller of POST /secret hold the client's roles, as for an edit? Default true. */
  secretResetNeedsRoles: boolean;
  /** Must the caller of PUT hold the roles that the client has already? Documented for the user interface. Default true. */
  updateNeedsRoles: boolean;
  /** Must the caller of the grant operations hold the roles that it gives? Default false: `authorization:grant:add` is enough. */
  grantNeedsRoles: boolean;
  /** Does GET answer with the secret, as before February 2025? The day of the change differs by organisation. Default false. */
  secretInReads: boolean;
  /**
   * GET /oauth/clients takes no parameters: is its answer the whole list, or the first 25 with a `nextUri`?
   * Default "complete": the vendor's Terraform provider relies on it.
   */
  clientList: "complete" | "firstPage";
  /** May new clients with the implicit grant `TOKEN` be made? A forum post says not since March 2026. Default false. */
  implicitGrantForNewClients: boolean;
  /** A field that the vendor's request model lacks: ignored (and kept in `world.ignoredFields`) or 400. Default "ignored". */
  unknownFields: "ignored" | "refused";
  /** How a stale `version` is refused; the Terraform provider expects both. Default 409. */
  versionMismatchStatus: 409 | 400;
  /** State of a user created without one: active if the platform sends an invitation, else inactive. Default "inactive". */
  newUserState: "inactive" | "active";
  /** What a caller outside an allowlist is told. Default "invalidClient": not to be told from a wrong secret. */
  deniedAddress: "invalidClient" | "unauthorized" | "forbidden";
  /**
   * The allowlist per client, announced on 2026-04-06 and not yet published. "mandatory": a new client-credentials
   * client without one is refused. Default "unavailable": the field is unknown.
   */
  clientAllowlist: "unavailable" | "optional" | "mandatory";
  /** Is a token grant of a client-credentials client audited? Default false. */
  auditTokenGrants: boolean;
  /** Is a failed grant audited? The vendor's engineer could not produce one. Default false. */
  auditFailedGrants: boolean;
  /** Is a grant that an allowlist denied audited? Default false. */
  auditDeniedAddresses: boolean;
  /** Are reads of users and queues audited? Default false. */
  auditReads: boolean;
  /** The audit action of POST /secret. Default "Update": "Reset" exists too. */
  secretResetAction: "Update" | "Reset";
  /** After how many seconds a call shows in usage queries. Default 3600. */
  usageDelaySeconds: number;
}

export const defaultSwitches: Readonly<GenesysSwitches> = {
  tenantMaySetDisabled: false,
  inactiveKeepsTokens: true,
  inactiveSchedulesDeletion: true,
  dateToDeleteNeedsInactive: true,
  deleteOfOldClient: "scheduled",
  deletedClientReads: "notFound",
  deletedClientKeepsTokens: true,
  secretResetKillsTokens: false,
  secretResetNeedsRoles: true,
  updateNeedsRoles: true,
  grantNeedsRoles: false,
  secretInReads: false,
  clientList: "complete",
  implicitGrantForNewClients: false,
  unknownFields: "ignored",
  versionMismatchStatus: 409,
  newUserState: "inactive",
  deniedAddress: "invalidClient",
  clientAllowlist: "unavailable",
  auditTokenGrants: false,
  auditFailedGrants: false,
  auditDeniedAddresses: false,
  auditReads: false,
  secretResetAction: "Update",
  usageDelaySeconds: 3600,
};
