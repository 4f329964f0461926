/**
 * SQS's operations over HTTP: JSON 1.0.
 *
 * Verified (docs of SendMessage, ReceiveMessage, DeleteMessage, ChangeMessageVisibility, GetQueueUrl; the SDK checks
 * the MD5 of bodies).
 * Gaps: every other operation; message attributes; batches.
 */
import { createHash } from "node:crypto";
import { AwsError } from "../error.ts";
import { arn, type Place } from "../place.ts";
import type { Caller } from "../ports/caller.ts";
import type { Queue } from "../sqs/queue.ts";
import type { Operation } from "./operation.ts";

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

interface Request {
  QueueUrl?: string;
  QueueName?: string;
  MessageBody?: string;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
  DelaySeconds?: number;
  MaxNumberOfMessages?: number;
  VisibilityTimeout?: number;
  ReceiptHandle?: string;
}

const operations: Readonly<Record<string, (queue: Queue, request: Request) => unknown>> = {
  SendMessage: (queue, request) => {
    const { MessageBody: body = "", MessageGroupId: groupId, DelaySeconds: delaySeconds } = request;
    const deduplicationId = request.MessageDeduplicationId;
    const MessageId = queue.send({
      body,
      ...(groupId === undefined ? {} : { groupId }),
      ...(deduplicationId === undefined ? {} : { deduplicationId }),
      ...(delaySeconds === undefined ? {} : { delaySeconds }),
    });
    return { MessageId, MD5OfMessageBody: md5(body) };
  },
  ReceiveMessage: (queue, { MaxNumberOfMessages: maximum, VisibilityTimeout: timeout }) => {
    const messages = queue.receive({
      ...(maximum === undefined ? {} : { maximum }),
      ...(timeout === undefined ? {} : { visibilityTimeoutSeconds: timeout }),
    });
    return { Messages: messages.map((message) => ({ ...message, MD5OfBody: md5(message.Body ?? "") })) };
  },
  DeleteMessage: (queue, { ReceiptHandle = "" }) => queue.delete(ReceiptHandle),
  ChangeMessageVisibility: (queue, { ReceiptHandle = "", VisibilityTimeout = 0 }) =>
    queue.changeVisibility(ReceiptHandle, VisibilityTimeout),
};

export const sqsOperations = (queues: () => readonly Queue[], place: Place): Record<string, Operation> =>
  Object.fromEntries(
    Object.entries(operations).map(([name, run]) => [
      `AmazonSQS.${name}`,
      (input: Readonly<Record<string, unknown>>, caller: Caller): unknown => {
        const request = input as Request;
        const queueName = String(request.QueueUrl).split("/").at(-1) ?? "";
        const queue = queues().find((each) => each.name === queueName);
        caller.needs(`sqs:${name}`, queue?.arn ?? arn(place, "sqs", queueName));
        if (queue === undefined)
          throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
        return run(queue, request) ?? {};
      },
    ]),
  );
