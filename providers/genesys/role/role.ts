import * as pulumi from "@pulumi/pulumi";
import { tokens } from "../../../core/tokens.ts";
import { markerPrefix } from "../../dynamic/marker-prefix.ts";

export interface RoleArgs {
  /** Unique in the organisation. */
  name: pulumi.Input<string>;
  description?: pulumi.Input<string | undefined>;
  /** `domain:entity:action`, such as `routing:queue:view`. */
  permissions: pulumi.Input<pulumi.Input<string>[]>;
  /** Id of an existing custom role to take over instead of creating one. */
  adoptId?: pulumi.Input<string | undefined>;
}

/** A constant: see `oauth-client.ts`. */
const shim: pulumi.dynamic.ResourceProvider = {
  check: (o, n) => require("@genesys-credential-guard/providers/host").role.check(o, n),
  diff: (i, o, n) => require("@genesys-credential-guard/providers/host").role.diff(i, o, n),
  create: (n) => require("@genesys-credential-guard/providers/host").role.create(n),
  read: (i, p) => require("@genesys-credential-guard/providers/host").role.read(i, p),
  update: (i, o, n) => require("@genesys-credential-guard/providers/host").role.update(i, o, n),
  delete: (i, p) => require("@genesys-credential-guard/providers/host").role.delete(i, p),
};

/** A custom role. */
export class Role extends pulumi.dynamic.Resource {
  static readonly __pulumiType = tokens.role;

  declare readonly name: pulumi.Output<string>;
  declare readonly roleId: pulumi.Output<string>;
  declare readonly permissions: pulumi.Output<string[]>;

  constructor(name: string, args: RoleArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shim,
      name,
      {
        ...args,
        owner: markerPrefix(tokens.role, name, opts),
        roleId: undefined,
      },
      opts,
      "genesys",
      "Role",
    );
  }
}
