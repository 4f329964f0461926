import * as pulumi from "@pulumi/pulumi";
import { tokens } from "../../core/tokens.ts";
import type { DataActionAuthentication } from "./types.ts";

export interface DataActionCredentialArgs {
  name: pulumi.Input<string>;
  /** How Genesys Cloud authenticates when it calls us. A change of `kind` replaces the credential. */
  authentication: pulumi.Input<DataActionAuthentication>;
  /** Id of an existing credential to take over instead of creating one. */
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

/** The credential with which Genesys Cloud data actions call us; basic authentication has no form here. */
export class DataActionCredential extends pulumi.dynamic.Resource {
  static readonly __pulumiType = tokens.dataActionCredential;

  declare readonly name: pulumi.Output<string>;
  declare readonly credentialId: pulumi.Output<string>;

  constructor(name: string, args: DataActionCredentialArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shim,
      name,
      {
        ...args,
        credentialId: undefined,
      },
      opts,
      "genesys",
      "DataActionCredential",
    );
  }
}
