import * as pulumi from "@pulumi/pulumi";
import { tokens } from "../../../core/tokens.ts";
import { markerPrefix } from "../../dynamic/marker-prefix.ts";
import type { DataActionAuthentication } from "../types.ts";

export interface DataActionCredentialArgs {
  name: pulumi.Input<string>;
  /**
   * How Genesys Cloud authenticates when it calls us. A change of `kind` replaces the credential: integrations must
   * be pointed at the new one. Always treated as a secret; no output holds it.
   */
  authentication: pulumi.Input<DataActionAuthentication>;
  /**
   * Id of an existing credential of the same type to take over instead of creating one; its fields, which the
   * platform shows to nobody, are overwritten. Read when the resource is created.
   */
  adoptId?: pulumi.Input<string | undefined>;
}

/** A constant: see `oauth-client.ts`. */
const shim: pulumi.dynamic.ResourceProvider = {
  check: (o, n) => require("@genesys-credential-guard/providers/host").dataActionCredential.check(o, n),
  diff: (i, o, n) => require("@genesys-credential-guard/providers/host").dataActionCredential.diff(i, o, n),
  create: (n) => require("@genesys-credential-guard/providers/host").dataActionCredential.create(n),
  read: (i, p) => require("@genesys-credential-guard/providers/host").dataActionCredential.read(i, p),
  update: (i, o, n) =>
    require("@genesys-credential-guard/providers/host").dataActionCredential.update(i, o, n),
  delete: (i, p) => require("@genesys-credential-guard/providers/host").dataActionCredential.delete(i, p),
};

/**
 * The credential with which Genesys Cloud data actions call us; basic authentication has no form here.
 *
 * The platform shows the fields to nobody, so a refresh finds a credential that is gone or renamed, and not one
 * whose fields were changed by hand.
 */
export class DataActionCredential extends pulumi.dynamic.Resource {
  static readonly __pulumiType = tokens.dataActionCredential;

  declare readonly name: pulumi.Output<string>;
  declare readonly credentialId: pulumi.Output<string>;
  declare readonly kind: pulumi.Output<DataActionAuthentication["kind"]>;
  /** SHA-256 of the fields, hexadecimal: tells that they changed, and shows none of them. */
  declare readonly fieldsFingerprint: pulumi.Output<string>;

  constructor(name: string, args: DataActionCredentialArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shim,
      name,
      {
        ...args,
        authentication: pulumi.secret(args.authentication),
        owner: markerPrefix(tokens.dataActionCredential, name, opts),
        credentialId: undefined,
        kind: undefined,
        fieldsFingerprint: undefined,
      },
      opts,
      "genesys",
      "DataActionCredential",
    );
  }
}
