/** Messages of queues; `queue.ts` says what is verified and what is missing. */
import { AwsError } from "../error.ts";

export interface SentMessage {
  body: string;
  /** At most 900; standard queues only. */
  delaySeconds?: number;
  /** FIFO queues only, which must have both. */
  groupId?: string;
  deduplicationId?: string;
}

const maximumBytes = 1024 * 1024;

export const invalid = (message: string): AwsError => new AwsError("InvalidParameterValue", message);

/** What a queue refuses. @throws AwsError */
export const checkMessage = (
  { body, delaySeconds, groupId, deduplicationId }: SentMessage,
  isFifo: boolean,
): void => {
  if (body === "" || Buffer.byteLength(body) > maximumBytes)
    throw invalid("The message body must have 1 byte to 1 MiB.");
  if (delaySeconds !== undefined && (delaySeconds < 0 || delaySeconds > 900))
    throw invalid(`Value ${delaySeconds} for parameter DelaySeconds is invalid: from 0 to 900.`);
  if (isFifo) {
    if (groupId === undefined || groupId === "")
      throw new AwsError("MissingParameter", "The request must contain the parameter MessageGroupId.");
    if (deduplicationId === undefined || deduplicationId === "")
      throw invalid(
        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
      );
    if (delaySeconds !== undefined)
      throw invalid("The request include parameter that is not valid for this queue type: DelaySeconds");
  } else if (deduplicationId !== undefined) {
    throw invalid("The request include parameter that is not valid for this queue type");
  }
};
