import * as pulumi from "@pulumi/pulumi";
import { tokens } from "../../../core/tokens.ts";
import { markerPrefix } from "../../dynamic/marker-prefix.ts";

export interface EventSubscriptionArgs {
  name: pulumi.Input<string>;
  /** 12 digits. A change replaces the subscription. */
  awsAccountId: pulumi.Input<string>;
  /** Such as `us-east-1`. A change replaces the subscription. */
  awsRegion: pulumi.Input<string>;
  /** Up to 64 of `A-Z a-z 0-9 . - _`. A change replaces the subscription. */
  eventSourceSuffix: pulumi.Input<string>;
  /** Topics such as `v2.audits.entitytype.{id}.entityid.{id}`; never a wildcard for everything. */
  topics: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Id of an existing EventBridge integration to take over instead of creating one: unconfigured, or for the same
   * account, region and suffix. Read when the resource is created.
   */
  adoptId?: pulumi.Input<string | undefined>;
}

/** A constant: see `oauth-client.ts`. */
const shim: pulumi.dynamic.ResourceProvider = {
  check: (o, n) => require("@genesys-credential-guard/providers/host").eventSubscription.check(o, n),
  diff: (i, o, n) => require("@genesys-credential-guard/providers/host").eventSubscription.diff(i, o, n),
  create: (n) => require("@genesys-credential-guard/providers/host").eventSubscription.create(n),
  read: (i, p) => require("@genesys-credential-guard/providers/host").eventSubscription.read(i, p),
  update: (i, o, n) => require("@genesys-credential-guard/providers/host").eventSubscription.update(i, o, n),
  delete: (i, p) => require("@genesys-credential-guard/providers/host").eventSubscription.delete(i, p),
};

/** The EventBridge integration that sends the organisation's events to an AWS account. */
export class EventSubscription extends pulumi.dynamic.Resource {
  static readonly __pulumiType = tokens.eventSubscription;

  declare readonly integrationId: pulumi.Output<string>;
  /** Name of the partner event source in AWS: `aws.partner/genesys.com/cloud/ORGANISATION/SUFFIX`. */
  declare readonly eventSourceName: pulumi.Output<string>;
  /** `DISABLED` until it is finished, or when somebody has switched it off; the next deployment enables it. */
  declare readonly intendedState: pulumi.Output<"ENABLED" | "DISABLED">;

  constructor(name: string, args: EventSubscriptionArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shim,
      name,
      {
        ...args,
        owner: markerPrefix(tokens.eventSubscription, name, opts),
        integrationId: undefined,
        eventSourceName: undefined,
        intendedState: undefined,
      },
      opts,
      "genesys",
      "EventSubscription",
    );
  }
}
