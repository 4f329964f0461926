import * as pulumi from "@pulumi/pulumi";
import { tokens } from "../../../core/tokens.ts";
import { markerPrefix } from "../../dynamic/marker-prefix.ts";
import type { RoleAssignment, RoleDivision, SecretSinkArgs } from "../types.ts";

export interface DecoyClientArgs {
  /** A name that an intruder believes; never one that speaks of traps. */
  name: pulumi.Input<string>;
  description?: pulumi.Input<string | undefined>;
  /** Default `CLIENT-CREDENTIALS`. A change replaces the decoy. */
  authorizedGrantType?: pulumi.Input<"CLIENT-CREDENTIALS" | "CODE" | undefined>;
  /** 300 to 3,600 seconds. Default 300. */
  accessTokenValiditySeconds?: pulumi.Input<number | undefined>;
  /** Roles by name, none of them administrative; needed for, and only for, `CLIENT-CREDENTIALS`. */
  roles?: pulumi.Input<pulumi.Input<RoleAssignment>[] | undefined>;
  /** OAuth scopes, none of them administrative; only for `CODE`. */
  scope?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  registeredRedirectUri?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /**
   * Where the secret goes: into the encrypted output `clientSecret`, or into AWS Secrets Manager, so that the state
   * never holds it. A change moves the secret. Default `{ kind: "state" }`.
   */
  secretSink?: pulumi.Input<SecretSinkArgs | undefined>;
  /** Raise it to reset the secret in place, after which planted copies are stale. Default 0. */
  secretGeneration?: pulumi.Input<number | undefined>;
  /** Id of an existing client to take over instead of creating one. */
  adoptId?: pulumi.Input<string | undefined>;
}

/** A constant: see `oauth-client.ts`. */
const shim: pulumi.dynamic.ResourceProvider = {
  check: (o, n) => require("@genesys-credential-guard/providers/host").decoyClient.check(o, n),
  diff: (i, o, n) => require("@genesys-credential-guard/providers/host").decoyClient.diff(i, o, n),
  create: (n) => require("@genesys-credential-guard/providers/host").decoyClient.create(n),
  read: (i, p) => require("@genesys-credential-guard/providers/host").decoyClient.read(i, p),
  update: (i, o, n) => require("@genesys-credential-guard/providers/host").decoyClient.update(i, o, n),
  delete: (i, p) => require("@genesys-credential-guard/providers/host").decoyClient.delete(i, p),
};

/** A bait: an OAuth client that nobody uses, so that every use of it is an alarm. */
export class DecoyClient extends pulumi.dynamic.Resource {
  static readonly __pulumiType = tokens.decoyClient;

  declare readonly name: pulumi.Output<string>;
  declare readonly clientId: pulumi.Output<string>;
  declare readonly roleDivisions: pulumi.Output<RoleDivision[]>;
  declare readonly accessTokenValiditySeconds: pulumi.Output<number>;
  /** Secret; undefined where another sink has it, and for an adopted client whose secret was never reset. */
  declare readonly clientSecret: pulumi.Output<string | undefined>;
  /** SHA-256 of the secret, hexadecimal. */
  declare readonly secretFingerprint: pulumi.Output<string | undefined>;
  /** Where Secrets Manager keeps the secret, if the sink says so. */
  declare readonly secretArn: pulumi.Output<string | undefined>;
  declare readonly secretVersionId: pulumi.Output<string | undefined>;

  constructor(name: string, args: DecoyClientArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shim,
      name,
      {
        ...args,
        owner: markerPrefix(tokens.decoyClient, name, opts),
        clientId: undefined,
        roleDivisions: undefined,
        clientSecret: undefined,
        secretFingerprint: undefined,
        secretArn: undefined,
        secretVersionId: undefined,
      },
      pulumi.mergeOptions(opts, { additionalSecretOutputs: ["clientSecret"] }),
      "genesys",
      "DecoyClient",
    );
  }
}
