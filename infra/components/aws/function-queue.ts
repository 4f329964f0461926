import { EventSourceMapping } from "@pulumi/aws/lambda/eventSourceMapping.js";
import { Queue } from "@pulumi/aws/sqs/queue.js";
import * as pulumi from "@pulumi/pulumi";
import { definitionOf, type GuardFunctionName } from "../../function-catalogs.ts";
import type { AwsPlace } from "../../names.ts";

export interface FunctionQueueArgs {
  place: AwsPlace;
  /** The function that takes the messages. */
  feeds: GuardFunctionName;
  /** Where a message goes that was taken `maxReceives` times and never dealt with. */
  deadLetterArn: pulumi.Input<string>;
  maxReceives: number;
  /**
   * How long a message is kept from others while it is dealt with, and from being tried again after a failure; more
   * than the function's timeout. Default: six times that, as Lambda advises where it may be turned away.
   * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   */
  visibilitySeconds?: number;
  /** More than 300 calls a second, with groups in order each for itself. Default false. */
  isBusy?: boolean;
}

export interface FedFunction {
  functionArn: pulumi.Input<string>;
  /** Messages that one call gets at most. */
  batchSize: number;
}

/**
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/enable-high-throughput-fifo.html
 */
const highThroughput = {
  deduplicationScope: "messageGroup",
  fifoThroughputLimit: "perMessageGroupId",
} as const;

/** 14 days, the longest that SQS keeps a message. */
const retentionSeconds = 1_209_600;

/** A FIFO queue before a function; its messages name things and hold no secret, so SQS's own key will do. */
export class FunctionQueue extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  readonly #feeds: GuardFunctionName;

  constructor(name: string, args: FunctionQueueArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:FunctionQueue", name, {}, opts);
    const { place, feeds, deadLetterArn, maxReceives, isBusy = false } = args;
    const { visibilitySeconds = 6 * definitionOf(feeds).timeoutSeconds } = args;
    this.#feeds = feeds;
    const queue = new Queue(
      name,
      {
        name: `${place.prefix}-${name}.fifo`,
        fifoQueue: true,
        ...(isBusy && highThroughput),
        sqsManagedSseEnabled: true,
        visibilityTimeoutSeconds: visibilitySeconds,
        messageRetentionSeconds: retentionSeconds,
        redrivePolicy: pulumi.jsonStringify({
          deadLetterTargetArn: deadLetterArn,
          maxReceiveCount: maxReceives,
        }),
      },
      { parent: this },
    );
    this.arn = queue.arn;
    this.url = queue.url;
    this.registerOutputs({ arn: this.arn, url: this.url });
  }

  /** Has the function called with what comes: as many at a time as it may run, and what fails comes again alone. */
  feed(name: string, { functionArn, batchSize }: FedFunction): void {
    new EventSourceMapping(
      name,
      {
        eventSourceArn: this.arn,
        functionName: functionArn,
        batchSize,
        functionResponseTypes: ["ReportBatchItemFailures"],
        scalingConfig: { maximumConcurrency: definitionOf(this.#feeds).reservedConcurrency },
      },
      { parent: this },
    );
  }
}
