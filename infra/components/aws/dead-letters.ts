import { Queue } from "@pulumi/aws/sqs/queue.js";
import * as pulumi from "@pulumi/pulumi";
import { type GuardFunctionName, isFedByQueue } from "../../function-catalogs.ts";
import { type AwsPlace, deadLetterQueueName } from "../../names.ts";

/** 14 days, the longest that SQS keeps a message. */
const retentionSeconds = 1_209_600;

export interface DeadLettersArgs {
  place: AwsPlace;
  functions: readonly GuardFunctionName[];
}

/** For each function a queue of what it, or its caller, failed on: for somebody to look at. */
export class DeadLetters extends pulumi.ComponentResource {
  readonly queues: ReadonlyMap<GuardFunctionName, Queue>;

  constructor(name: string, { place, functions }: DeadLettersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:DeadLetters", name, {}, opts);
    this.queues = new Map(
      functions.map((each) => {
        const queue = new Queue(
          each,
          {
            name: deadLetterQueueName(place.prefix, each),
            ...(isFedByQueue(each) && { fifoQueue: true }),
            sqsManagedSseEnabled: true,
            messageRetentionSeconds: retentionSeconds,
          },
          { parent: this },
        );
        return [each, queue];
      }),
    );
    this.registerOutputs({});
  }

  arnOf(name: GuardFunctionName): pulumi.Output<string> {
    const queue = this.queues.get(name);
    if (queue === undefined) throw new Error(`The function "${name}" has no dead letters`);
    return queue.arn;
  }
}
