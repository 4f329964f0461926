import type { Queue } from "../aws/sqs/queue.ts";
import type { Lambda } from "./lambda.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/**
 * Lambda's event source mapping of a queue.
 *
 * Verified (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html): a batch that the function
 * takes is deleted; with ReportBatchItemFailures the ones that it names stay; where it throws, is throttled, or answers
 * with what is no list of failures, all stay; what stays comes again after the visibility timeout.
 * Assumed (2026-11-21): the queue is polled again as soon as something can be received.
 */
export interface EventSourceOptions {
  clock: VirtualClock;
  lambda: Lambda;
  queue: Queue;
  functionArn: string;
  /** Default 1. */
  batchSize?: number;
  /** Batches that are worked on at once at most: without it, what the function cannot take is received in vain. */
  maximumConcurrency?: number;
}

export const connectEventSource = ({
  clock,
  lambda,
  queue,
  functionArn,
  batchSize = 1,
  maximumConcurrency = Number.POSITIVE_INFINITY,
}: EventSourceOptions): void => {
  let nextPoll = Number.POSITIVE_INFINITY;
  let callOff = (): void => {};
  let running = 0;

  const poll = async (): Promise<void> => {
    nextPoll = Number.POSITIVE_INFINITY;
    const messages = queue.receive({ maximum: batchSize });
    if (messages.length === 0) return;
    const event = {
      Records: messages.map((message) => ({
        messageId: message.MessageId,
        receiptHandle: message.ReceiptHandle,
        body: message.Body,
        attributes: message.Attributes,
        messageAttributes: {},
        md5OfBody: "",
        eventSource: "aws:sqs",
        eventSourceARN: queue.arn,
        awsRegion: queue.arn.split(":")[3],
      })),
    };
    let failed: ReadonlySet<string | undefined>;
    running += 1;
    try {
      failed = failuresIn(await lambda.invoke(functionArn, event));
    } catch {
      return;
    } finally {
      running -= 1;
    }
    if (failed.has(undefined)) return;
    for (const { MessageId, ReceiptHandle } of messages)
      if (!failed.has(MessageId)) queue.delete(ReceiptHandle ?? "");
  };

  clock.onEvent(() => {
    const visible = queue.nextVisible();
    if (visible === undefined || visible >= nextPoll || running >= maximumConcurrency) return;
    callOff();
    nextPoll = visible;
    callOff = clock.at(visible, poll);
  });
};

/** Ids of the messages that failed; undefined among them where the answer makes no sense. */
const failuresIn = (result: unknown): ReadonlySet<string | undefined> => {
  if (typeof result !== "object" || result === null || !("batchItemFailures" in result)) return new Set();
  const { batchItemFailures } = result;
  if (!Array.isArray(batchItemFailures)) return new Set([undefined]);
  return new Set(
    batchItemFailures.map((failure: unknown) => {
      const id = Object(failure).itemIdentifier;
      return typeof id === "string" && id !== "" ? id : undefined;
    }),
  );
};
