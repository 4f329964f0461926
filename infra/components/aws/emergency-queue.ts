import { Queue } from "@pulumi/aws/sqs/queue.js";
import * as pulumi from "@pulumi/pulumi";
import { functionCatalog } from "../../../functions/catalog.ts";
import type { AwsPlace } from "../../names.ts";
import type { DeadLetters } from "./dead-letters.ts";

export interface EmergencyQueueArgs {
  place: AwsPlace;
  deadLetters: DeadLetters;
}

/**
 * Six times the function's timeout, as Lambda asks for, so that no message is handed out twice while it is dealt with.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
const visibilitySeconds =
  6 *
  Math.max(...functionCatalog.map(({ name, timeoutSeconds }) => (name === "emergency" ? timeoutSeconds : 0)));

/** Whoever puts a message here has a credential rotated at once; each credential is a group of its own. */
export class EmergencyQueue extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;

  constructor(
    name: string,
    { place, deadLetters }: EmergencyQueueArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("guard:index:EmergencyQueue", name, {}, opts);
    const queue = new Queue(
      name,
      {
        name: `${place.prefix}-emergencies.fifo`,
        fifoQueue: true,
        sqsManagedSseEnabled: true,
        visibilityTimeoutSeconds: visibilitySeconds,
        messageRetentionSeconds: 1_209_600,
        redrivePolicy: pulumi.jsonStringify({
          deadLetterTargetArn: deadLetters.arnOf("emergency"),
          maxReceiveCount: 10,
        }),
      },
      { parent: this },
    );
    this.arn = queue.arn;
    this.url = queue.url;
    this.registerOutputs({ arn: this.arn, url: this.url });
  }
}
