/**
 * https://github.com/MyPureCloud/platform-client-sdk-python/blob/main/build/PureCloudPlatformClientV2/models/o_auth_client.py
 * (`authorized_grant_type`)
 */
export type GrantType = "CLIENT-CREDENTIALS" | "CODE" | "TOKEN" | "SAML2-BEARER" | "PASSWORD";

/** A role by name, in a division by name. */
export interface RoleAssignment {
  role: string;
  /** Name of a division, or `*` for all. Default: the home division. */
  division?: string | undefined;
}

/** A role as the platform stores it. */
export interface RoleDivision {
  roleId: string;
  divisionId: string;
}

/**
 * Where a client's `allowedIps` takes effect: on the client itself (no platform API for it is published yet), in
 * the organisation's allowlist, or by declaration and policy alone.
 */
export type AllowlistEnforcement = "client" | "organisation" | "declared";

/** A secret in AWS Secrets Manager. */
export interface SecretHome {
  secretArn: string;
  /** The AWS region that it is in. */
  awsRegion: string;
}

/**
 * Where a client's secret is put the moment the platform hands it out: into the state, encrypted, or into Secrets
 * Manager as the current version, as JSON of `clientId`, `clientSecret` and `region`.
 */
export type SecretSinkArgs = { kind: "state" } | ({ kind: "secretsManager" } & SecretHome);

/**
 * How Genesys Cloud authenticates when a data action calls us: by assuming an AWS role, or with OAuth client
 * credentials. There is no form for basic authentication.
 */
export type DataActionAuthentication =
  | { kind: "awsRole"; roleArn: string }
  /** A client of this Genesys Cloud organisation. */
  | { kind: "genesysOauthClient"; clientId: string; clientSecret: string }
  /** A client of another authorization server. */
  | {
      kind: "oauthClient";
      clientId: string;
      clientSecret: string;
      tokenUrl: string;
      scope?: string | undefined;
    };
