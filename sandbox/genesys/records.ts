import type { Models } from "purecloud-platform-client-v2";

/** A role that somebody holds in a division; `*` is all divisions. */
export interface Grant {
  roleId: string;
  divisionId: string;
  grantMadeAt: string;
}

/** What is stamped on a record by whoever changes it. */
export interface Stamps {
  dateCreated: string;
  dateModified: string;
  createdBy: string;
  modifiedBy: string;
}

/** For a record that is not stored yet; storing it stamps it. */
export const unstamped: Stamps = { dateCreated: "", dateModified: "", createdBy: "", modifiedBy: "" };

export interface ClientRecord extends Stamps {
  id: string;
  name: string;
  description?: string;
  accessTokenValiditySeconds: number;
  authorizedGrantType: string;
  registeredRedirectUri: string[];
  scope: string[];
  grants: Grant[];
  state: "active" | "disabled" | "inactive" | "deleted";
  /** ISO 8601. The platform deletes the client at that time. */
  dateToDelete?: string;
  secret: string;
  /** The announced list per client; undefined where none was sent. */
  allowlist?: string[];
}

export interface UserRecord extends Stamps {
  id: string;
  name: string;
  email: string;
  divisionId: string;
  department?: string;
  title?: string;
  addresses: Models.Contact[];
  state: "active" | "inactive" | "deleted";
  version: number;
  grants: Grant[];
  hasPassword: boolean;
  /** Fields that are stored and given back, and mean nothing to the simulator. */
  other: Record<string, unknown>;
}

export interface QueueRecord extends Stamps {
  id: string;
  name: string;
  divisionId: string;
  description?: string;
  memberIds: string[];
  /** More than none: only a forced delete succeeds. */
  activeConversations: number;
  other: Record<string, unknown>;
}

export interface RoleRecord {
  id: string;
  name: string;
  description?: string;
  /** Set on the platform's own roles. */
  defaultRoleId?: string;
  permissions: string[];
  permissionPolicies: Models.DomainPermissionPolicy[];
}

export interface DivisionRecord {
  id: string;
  name: string;
  description: string;
  homeDivision: boolean;
}

export interface IntegrationRecord extends Stamps {
  id: string;
  typeId: string;
  intendedState: "ENABLED" | "DISABLED";
  config: IntegrationConfigRecord;
}

export interface IntegrationConfigRecord {
  name: string;
  version: number;
  properties: Record<string, unknown>;
  advanced: Record<string, unknown>;
  notes: string;
  /** Slot to credential. */
  credentials: Record<string, { id: string }>;
}

export interface CredentialRecord extends Stamps {
  id: string;
  name: string;
  typeName: string;
  /** Never read back by the API. */
  fields: Record<string, string>;
}
