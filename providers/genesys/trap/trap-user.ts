import * as pulumi from "@pulumi/pulumi";
import { tokens } from "../../../core/tokens.ts";

export interface TrapUserArgs {
  name: pulumi.Input<string>;
  /**
   * Unique in the organisation, for ever: a deleted user keeps it, and is restored when it is declared again. A
   * change replaces the trap by another user.
   */
  email: pulumi.Input<string>;
  /** Name of a division. Default: the home division. A user that is there already is not moved, but refused. */
  division?: pulumi.Input<string | undefined>;
  department?: pulumi.Input<string | undefined>;
  title?: pulumi.Input<string | undefined>;
  /** Default `active`: the default user listing, and so an intruder, sees no others. */
  state?: pulumi.Input<"active" | "inactive" | undefined>;
  /**
   * Id of an existing user, with the declared address, to take over instead of creating one. Read when the resource
   * is created, and not after.
   */
  adoptId?: pulumi.Input<string | undefined>;
}

/** A constant: see `oauth-client.ts`. */
const shim: pulumi.dynamic.ResourceProvider = {
  check: (o, n) => require("@genesys-credential-guard/providers/host").trapUser.check(o, n),
  diff: (i, o, n) => require("@genesys-credential-guard/providers/host").trapUser.diff(i, o, n),
  create: (n) => require("@genesys-credential-guard/providers/host").trapUser.create(n),
  read: (i, p) => require("@genesys-credential-guard/providers/host").trapUser.read(i, p),
  update: (i, o, n) => require("@genesys-credential-guard/providers/host").trapUser.update(i, o, n),
  delete: (i, p) => require("@genesys-credential-guard/providers/host").trapUser.delete(i, p),
};

/**
 * A bait: a user without team, phone, password or roles, whom nobody has a reason to look at. Deleting it is soft:
 * the platform keeps the user and its address, and the same declaration restores it.
 *
 * A refresh finds what was changed of the declared properties. It does not find a role, a team or a password that
 * somebody has given the user: those leave audit events of the user, which is what the trap is for.
 */
export class TrapUser extends pulumi.dynamic.Resource {
  static readonly __pulumiType = tokens.trapUser;

  declare readonly name: pulumi.Output<string>;
  declare readonly email: pulumi.Output<string>;
  declare readonly userId: pulumi.Output<string>;
  declare readonly divisionId: pulumi.Output<string>;

  constructor(name: string, args: TrapUserArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shim,
      name,
      {
        ...args,
        userId: undefined,
        divisionId: undefined,
      },
      opts,
      "genesys",
      "TrapUser",
    );
  }
}
