import * as pulumi from "@pulumi/pulumi";
import { tokens } from "../../../core/tokens.ts";

export interface TrapQueueArgs {
  /** Unique in the organisation. */
  name: pulumi.Input<string>;
  description?: pulumi.Input<string | undefined>;
  /** Name of a division. Default: the home division. */
  division?: pulumi.Input<string | undefined>;
  /** Id of an existing queue without members to take over instead of creating one. Read when the resource is created. */
  adoptId?: pulumi.Input<string | undefined>;
}

/** A constant: see `oauth-client.ts`. */
const shim: pulumi.dynamic.ResourceProvider = {
  check: (o, n) => require("@genesys-credential-guard/providers/host").trapQueue.check(o, n),
  diff: (i, o, n) => require("@genesys-credential-guard/providers/host").trapQueue.diff(i, o, n),
  create: (n) => require("@genesys-credential-guard/providers/host").trapQueue.create(n),
  read: (i, p) => require("@genesys-credential-guard/providers/host").trapQueue.read(i, p),
  update: (i, o, n) => require("@genesys-credential-guard/providers/host").trapQueue.update(i, o, n),
  delete: (i, p) => require("@genesys-credential-guard/providers/host").trapQueue.delete(i, p),
};

/** A bait: a queue without members or routing. */
export class TrapQueue extends pulumi.dynamic.Resource {
  static readonly __pulumiType = tokens.trapQueue;

  declare readonly name: pulumi.Output<string>;
  declare readonly queueId: pulumi.Output<string>;
  declare readonly divisionId: pulumi.Output<string>;

  constructor(name: string, args: TrapQueueArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shim,
      name,
      {
        ...args,
        queueId: undefined,
        divisionId: undefined,
      },
      opts,
      "genesys",
      "TrapQueue",
    );
  }
}
