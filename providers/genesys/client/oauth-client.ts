import * as pulumi from "@pulumi/pulumi";
import { tokens } from "../../../core/tokens.ts";
import { markerPrefix } from "../../dynamic/marker-prefix.ts";
import type {
  AllowlistEnforcement,
  GrantType,
  RoleAssignment,
  RoleDivision,
  SecretSinkArgs,
} from "../types.ts";

export interface OauthClientArgs {
  name: pulumi.Input<string>;
  description?: pulumi.Input<string | undefined>;
  /** Default `CLIENT-CREDENTIALS`. A change replaces the client. */
  authorizedGrantType?: pulumi.Input<GrantType | undefined>;
  /** Lifetime of the access tokens, 300 to 172,800 seconds. Default 86,400. */
  accessTokenValiditySeconds?: pulumi.Input<number | undefined>;
  /** Roles by name; needed for, and only for, `CLIENT-CREDENTIALS`. */
  roles?: pulumi.Input<pulumi.Input<RoleAssignment>[] | undefined>;
  /** OAuth scopes such as `users:readonly`; only for the other grant types. */
  scope?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  registeredRedirectUri?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** Default `active`. */
  state?: pulumi.Input<"active" | "disabled" | "inactive" | undefined>;
  /** ISO 8601 time at which the platform deletes the client. */
  dateToDelete?: pulumi.Input<string | undefined>;
  /** CIDRs, single addresses, or `egress:NAME` references from which the client may be used. */
  allowedIps?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** The addresses behind each `egress:NAME`; needed where `allowlistEnforcement` is `client`. */
  egress?: pulumi.Input<Record<string, pulumi.Input<pulumi.Input<string>[]>> | undefined>;
  /** Where `allowedIps` takes effect. Default `declared`: by policy alone. */
  allowlistEnforcement?: pulumi.Input<AllowlistEnforcement | undefined>;
  /**
   * Where the secret goes: into the encrypted output `clientSecret`, or into AWS Secrets Manager, so that the state
   * never holds it. A change moves the secret. Default `{ kind: "state" }`.
   */
  secretSink?: pulumi.Input<SecretSinkArgs | undefined>;
  /** Raise it to reset the secret in place; the old one stops working at once. Default 0. */
  secretGeneration?: pulumi.Input<number | undefined>;
  /** Id of an existing client to take over instead of creating one. Its secret stays unknown until a reset. */
  adoptId?: pulumi.Input<string | undefined>;
}

/**
 * A constant: its text goes into the state of every resource, so it must hold nothing that changes. Each method
 * loads the current provider code when it runs.
 */
const shim: pulumi.dynamic.ResourceProvider = {
  check: (o, n) => require("@genesys-credential-guard/providers/host").oauthClient.check(o, n),
  diff: (i, o, n) => require("@genesys-credential-guard/providers/host").oauthClient.diff(i, o, n),
  create: (n) => require("@genesys-credential-guard/providers/host").oauthClient.create(n),
  read: (i, p) => require("@genesys-credential-guard/providers/host").oauthClient.read(i, p),
  update: (i, o, n) => require("@genesys-credential-guard/providers/host").oauthClient.update(i, o, n),
  delete: (i, p) => require("@genesys-credential-guard/providers/host").oauthClient.delete(i, p),
};

/**
 * An OAuth client of the organisation.
 *
 * Its description ends with a marker that names this resource. A client with that marker which the state does not
 * know is what a broken run left: the next create takes it over and resets its secret, or deletes it. So take the
 * marker out of the description of a client that you keep (`retainOnDelete`) and declare again under the same name.
 */
export class OauthClient extends pulumi.dynamic.Resource {
  static readonly __pulumiType = tokens.oauthClient;

  declare readonly name: pulumi.Output<string>;
  declare readonly clientId: pulumi.Output<string>;
  declare readonly roleDivisions: pulumi.Output<RoleDivision[]>;
  declare readonly accessTokenValiditySeconds: pulumi.Output<number>;
  declare readonly allowedIps: pulumi.Output<string[]>;
  declare readonly allowlistEnforcement: pulumi.Output<AllowlistEnforcement>;
  /** Secret; undefined where another sink has it, and for an adopted client whose secret was never reset. */
  declare readonly clientSecret: pulumi.Output<string | undefined>;
  /** SHA-256 of the secret, hexadecimal. */
  declare readonly secretFingerprint: pulumi.Output<string | undefined>;
  /** Where Secrets Manager keeps the secret, if the sink says so. */
  declare readonly secretArn: pulumi.Output<string | undefined>;
  declare readonly secretVersionId: pulumi.Output<string | undefined>;

  constructor(name: string, args: OauthClientArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shim,
      name,
      {
        ...args,
        owner: markerPrefix(tokens.oauthClient, name, opts),
        clientId: undefined,
        roleDivisions: undefined,
        clientSecret: undefined,
        secretFingerprint: undefined,
        secretArn: undefined,
        secretVersionId: undefined,
      },
      pulumi.mergeOptions(opts, { additionalSecretOutputs: ["clientSecret"] }),
      "genesys",
      "OauthClient",
    );
  }
}
