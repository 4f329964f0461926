import { Queue } from "@pulumi/aws/sqs/queue.js";
import * as pulumi from "@pulumi/pulumi";
import { type FunctionName, functionCatalog } from "../../../functions/catalog.ts";
import { type AwsPlace, deadLetterQueueName, isFedByQueue } from "../../names.ts";

/** 14 days, the longest that SQS keeps a message. */
const retentionSeconds = 1_209_600;

export interface DeadLettersArgs {
  place: AwsPlace;
}

/** For each function a queue of what it, or its caller, failed on: for somebody to look at. */
export class DeadLetters extends pulumi.ComponentResource {
  readonly queues: ReadonlyMap<FunctionName, Queue>;

  constructor(name: string, { place }: DeadLettersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:DeadLetters", name, {}, opts);
    this.queues = new Map(
      functionCatalog.map((definition) => {
        const queue = new Queue(
          definition.name,
          {
            name: deadLetterQueueName(place.prefix, definition.name),
            ...(isFedByQueue(definition.name) && { fifoQueue: true }),
            sqsManagedSseEnabled: true,
            messageRetentionSeconds: retentionSeconds,
          },
          { parent: this },
        );
        return [definition.name, queue];
      }),
    );
    this.registerOutputs({});
  }

  arnOf(name: FunctionName): pulumi.Output<string> {
    const queue = this.queues.get(name);
    if (queue === undefined) throw new Error(`There is no function "${name}"`);
    return queue.arn;
  }
}
