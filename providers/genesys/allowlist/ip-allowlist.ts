import * as pulumi from "@pulumi/pulumi";
import { tokens } from "../../../core/tokens.ts";

export interface IpAllowlistArgs {
  /** Public IPv4 CIDRs, single addresses, or `egress:NAME` references; 1 to 150 CIDRs when resolved. */
  entries: pulumi.Input<pulumi.Input<string>[]>;
  /** The addresses behind each `egress:NAME`. */
  egress?: pulumi.Input<Record<string, pulumi.Input<pulumi.Input<string>[]>> | undefined>;
  /** Addresses from which this program and its functions call; each must be allowed, or the change would lock them out. */
  callerAddresses?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** `organization` to take over an allowlist that is not empty. Read when the resource is created. */
  adoptId?: pulumi.Input<"organization" | undefined>;
}

/** A constant: see `oauth-client.ts`. */
const shim: pulumi.dynamic.ResourceProvider = {
  check: (o, n) => require("@genesys-credential-guard/providers/host").ipAllowlist.check(o, n),
  diff: (i, o, n) => require("@genesys-credential-guard/providers/host").ipAllowlist.diff(i, o, n),
  create: (n) => require("@genesys-credential-guard/providers/host").ipAllowlist.create(n),
  read: (i, p) => require("@genesys-credential-guard/providers/host").ipAllowlist.read(i, p),
  update: (i, o, n) => require("@genesys-credential-guard/providers/host").ipAllowlist.update(i, o, n),
  delete: (i, p) => require("@genesys-credential-guard/providers/host").ipAllowlist.delete(i, p),
};

/** The organisation's IP allowlist, of which there is one. */
export class IpAllowlist extends pulumi.dynamic.Resource {
  static readonly __pulumiType = tokens.ipAllowlist;

  declare readonly entries: pulumi.Output<string[]>;
  /** What the organisation's setting holds: every entry resolved. */
  declare readonly addresses: pulumi.Output<string[]>;
  /**
   * What it held before this resource. Deleting the resource puts it back, unless somebody else has changed the list
   * since.
   */
  declare readonly previous: pulumi.Output<string[]>;

  constructor(name: string, args: IpAllowlistArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shim,
      name,
      {
        ...args,
        addresses: undefined,
        previous: undefined,
      },
      opts,
      "genesys",
      "IpAllowlist",
    );
  }
}
