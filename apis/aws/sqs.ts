import { sqsService } from "./services.ts";
import type { AwsSession } from "./session.ts";

export interface FifoMessage {
  queueUrl: string;
  /** Messages of a group are handed out in order. */
  group: string;
  /** A repeated id is dropped for five minutes. */
  deduplicationId: string;
  body: string;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export const sendMessage = async (
  session: AwsSession,
  { queueUrl, group, deduplicationId, body }: FifoMessage,
): Promise<void> => {
  await session.call(sqsService, {
    method: "POST",
    route: "SendMessage",
    object: `queue ${queueUrl}`,
    body: {
      QueueUrl: queueUrl,
      MessageBody: body,
      MessageGroupId: group,
      MessageDeduplicationId: deduplicationId,
    },
    effect: "idempotent",
  });
};
