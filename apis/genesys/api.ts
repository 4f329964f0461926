import type { Models } from "purecloud-platform-client-v2";

export type OAuthClient = Models.OAuthClient;
export type OAuthClientRequest = Models.OAuthClientRequest;
export type DomainOrganizationRole = Models.DomainOrganizationRole;
export type DomainOrganizationRoleCreate = Models.DomainOrganizationRoleCreate;
export type AuthzDivision = Models.AuthzDivision;
export type User = Models.User;
export type CreateUser = Models.CreateUser;
export type UpdateUser = Models.UpdateUser;
export type Queue = Models.Queue;
export type CreateQueueRequest = Models.CreateQueueRequest;
export type QueueRequest = Models.QueueRequest;
export type Integration = Models.Integration;
export type IntegrationConfiguration = Models.IntegrationConfiguration;
export type Credential = Models.Credential;
export type CredentialInfo = Models.CredentialInfo;
export type Organization = Models.Organization;
export type OrgAuthSettings = Models.OrgAuthSettings;
export type UsageQueryResult = Models.ApiUsageQueryResult;
export type RoleDivision = Models.RoleDivision;

/**
 * Every call throws one of the errors of `errors.ts`; a list is complete over all pages the platform gives. A
 * deletion whose answer was lost is repeated by itself, and may then report that there is no such object.
 */
export interface GenesysApi {
  readonly session: {
    /** Obtains a token, which proves the credential, and keeps it for the calls that follow. */
    login(): Promise<void>;
  };
  readonly oauthClients: {
    /** Absence from the list proves nothing: the platform may answer with the first page alone. */
    list(): Promise<OAuthClient[]>;
    get(clientId: string): Promise<OAuthClient>;
    /** The only answer, beside `resetSecret`, that carries the secret. */
    create(body: OAuthClientRequest): Promise<OAuthClient>;
    update(clientId: string, body: OAuthClientRequest): Promise<OAuthClient>;
    delete(clientId: string): Promise<void>;
    resetSecret(clientId: string): Promise<OAuthClient>;
    /**
     * Starts to count the client's requests between two ISO 8601 times, joined by a slash; answers with the id of
     * the query. How far the platform's counts are behind is not published.
     */
    startUsageQuery(clientId: string, interval: string): Promise<string>;
    /** Complete once `queryStatus` is `Complete`. */
    usageQueryResult(clientId: string, executionId: string): Promise<UsageQueryResult>;
  };
  readonly grants: {
    /**
     * Gives roles to the client with which this program logs in. What it holds already stays as it is; what is new
     * takes up to five minutes to count.
     * https://help.mypurecloud.com/articles/access-control-permissions-overview/
     */
    addToCaller(grants: readonly RoleDivision[]): Promise<void>;
  };
  readonly roles: {
    list(): Promise<DomainOrganizationRole[]>;
    get(roleId: string): Promise<DomainOrganizationRole>;
    create(body: DomainOrganizationRoleCreate): Promise<DomainOrganizationRole>;
    update(roleId: string, body: DomainOrganizationRoleCreate): Promise<DomainOrganizationRole>;
    delete(roleId: string): Promise<void>;
  };
  readonly divisions: {
    list(): Promise<AuthzDivision[]>;
    home(): Promise<AuthzDivision>;
  };
  readonly users: {
    /** Soft-deleted users included. From the search index: `get` has the version that an update needs. */
    findByEmail(email: string): Promise<User | undefined>;
    /** With its roles and its team. A deleted user is found only by `state: "deleted"`; the platform's default is `active`. */
    get(userId: string, options?: { state?: "active" | "deleted" }): Promise<User>;
    create(body: CreateUser): Promise<User>;
    /** Needs the current `version`; `state`, if sent, must be sent alone. */
    update(userId: string, body: UpdateUser): Promise<User>;
    /** Soft: the e-mail address stays taken. */
    delete(userId: string): Promise<void>;
  };
  readonly queues: {
    findByName(name: string): Promise<Queue[]>;
    get(queueId: string): Promise<Queue>;
    create(body: CreateQueueRequest): Promise<Queue>;
    update(queueId: string, body: QueueRequest): Promise<Queue>;
    delete(queueId: string, options: { forceDelete: boolean }): Promise<void>;
  };
  readonly integrations: {
    list(): Promise<Integration[]>;
    get(integrationId: string): Promise<Integration>;
    create(body: { name: string; integrationType: { id: string } }): Promise<Integration>;
    setState(
      integrationId: string,
      body: { name?: string; intendedState: "ENABLED" | "DISABLED" },
    ): Promise<Integration>;
    config(integrationId: string): Promise<IntegrationConfiguration>;
    updateConfig(integrationId: string, body: IntegrationConfiguration): Promise<IntegrationConfiguration>;
    delete(integrationId: string): Promise<void>;
  };
  readonly credentials: {
    list(): Promise<CredentialInfo[]>;
    get(credentialId: string): Promise<Credential>;
    create(body: Credential): Promise<CredentialInfo>;
    update(credentialId: string, body: Credential): Promise<CredentialInfo>;
    delete(credentialId: string): Promise<void>;
  };
  readonly organization: {
    me(): Promise<Organization>;
    authenticationSettings(): Promise<OrgAuthSettings>;
    updateAuthenticationSettings(patch: Partial<OrgAuthSettings>): Promise<OrgAuthSettings>;
    limits(namespace: string): Promise<Record<string, number>>;
  };
}

/** What replacing OAuth clients takes of it. */
export type RotationApi = Pick<
  GenesysApi,
  "session" | "oauthClients" | "roles" | "divisions" | "organization"
>;
