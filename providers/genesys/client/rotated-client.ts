import * as pulumi from "@pulumi/pulumi";
import type { RotationStrategy } from "../../../core/rotation/credential.ts";
import { tokens } from "../../../core/tokens.ts";
import { markerPrefix } from "../../dynamic/marker-prefix.ts";
import type { AllowlistEnforcement, RoleAssignment, RoleDivision } from "../types.ts";

export interface RotatedClientArgs {
  /** Name of every generation on the platform. */
  name: pulumi.Input<string>;
  description?: pulumi.Input<string | undefined>;
  /** Lifetime of the access tokens, 300 to 172,800 seconds. Default 86,400. */
  accessTokenValiditySeconds?: pulumi.Input<number | undefined>;
  /** Roles by name, one at least. */
  roles: pulumi.Input<pulumi.Input<RoleAssignment>[]>;
  /** CIDRs, single addresses, or `egress:NAME` references from which the client may be used. */
  allowedIps?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** The addresses behind each `egress:NAME`; needed where `allowlistEnforcement` is `client`. */
  egress?: pulumi.Input<Record<string, pulumi.Input<pulumi.Input<string>[]>> | undefined>;
  /** Where `allowedIps` takes effect. Default `declared`: by policy alone. */
  allowlistEnforcement?: pulumi.Input<AllowlistEnforcement | undefined>;
  /** Hours between two rotations, 4 to 2,160 (90 days). Default 168 (7 days). */
  rotationIntervalHours?: pulumi.Input<number | undefined>;
  /** Default `blueGreenClients`. `overlappingSecrets` is refused: the platform gives a client one secret. */
  strategy?: pulumi.Input<RotationStrategy | undefined>;
  /**
   * ARN of the secret in Secrets Manager that always holds the current generation. A change replaces nothing: the
   * current generation is stored in the new secret as well, or a new one where the old secret is gone.
   */
  secretArn: pulumi.Input<string>;
  /** Name of the ledger's table, whose leases keep this program and the rotator from changing a credential at once. */
  ledgerTable: pulumi.Input<string>;
  /** The AWS region of both. */
  awsRegion: pulumi.Input<string>;
}

/** A constant: its text goes into the state of every resource. Each method loads the current provider code. */
const shim: pulumi.dynamic.ResourceProvider = {
  check: (o, n) => require("@genesys-credential-guard/providers/host").rotatedClient.check(o, n),
  diff: (i, o, n) => require("@genesys-credential-guard/providers/host").rotatedClient.diff(i, o, n),
  create: (n) => require("@genesys-credential-guard/providers/host").rotatedClient.create(n),
  read: (i, p) => require("@genesys-credential-guard/providers/host").rotatedClient.read(i, p),
  update: (i, o, n) => require("@genesys-credential-guard/providers/host").rotatedClient.update(i, o, n),
  delete: (i, p) => require("@genesys-credential-guard/providers/host").rotatedClient.delete(i, p),
};

/**
 * A logical credential whose generations are real OAuth clients (grant type client credentials). Its users read the
 * current generation from Secrets Manager; a rotation changes neither this resource nor any of its outputs, which is
 * why no output names a client id or a fingerprint. An update changes every live generation; a deletion retires all.
 *
 * The credential is known as long as its secret, or a client of it, exists: what was deleted by hand is repaired by the
 * next deployment. Whoever deploys needs, besides the rights on the platform, DescribeSecret, GetSecretValue and
 * PutSecretValue of the secret, Decrypt and GenerateDataKey of its key, GetItem and UpdateItem of the ledger's table.
 */
export class RotatedClient extends pulumi.dynamic.Resource {
  static readonly __pulumiType = tokens.rotatedClient;

  /** Prefix of the markers of all generations. */
  declare readonly owner: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly description: pulumi.Output<string | undefined>;
  declare readonly accessTokenValiditySeconds: pulumi.Output<number>;
  /** The roles and divisions behind the names. */
  declare readonly roleDivisions: pulumi.Output<RoleDivision[]>;
  declare readonly allowedIps: pulumi.Output<string[]>;
  declare readonly allowlistEnforcement: pulumi.Output<AllowlistEnforcement>;
  declare readonly secretArn: pulumi.Output<string>;
  declare readonly rotationIntervalHours: pulumi.Output<number>;
  declare readonly strategy: pulumi.Output<RotationStrategy>;

  constructor(name: string, args: RotatedClientArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shim,
      name,
      { ...args, owner: markerPrefix(tokens.rotatedClient, name, opts), roleDivisions: undefined },
      opts,
      "genesys",
      "RotatedClient",
    );
  }
}
