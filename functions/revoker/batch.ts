import { isFields, isText } from "../../core/leak/fields.ts";
import type { Log } from "../ports.ts";
import { messageOf, RevokerError } from "./errors.ts";

/** What Lambda's event source takes: the messages that are to come again. */
export interface BatchAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}

interface QueueRecord {
  messageId: string;
  body: string;
}

const isRecord = (value: unknown): value is QueueRecord =>
  isFields(value) && isText(value.messageId) && typeof value.body === "string";

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html @throws RevokerError bad-event */
const recordsIn = (event: unknown): readonly QueueRecord[] => {
  const records = isFields(event) ? event.Records : undefined;
  if (Array.isArray(records) && records.every(isRecord)) return records;
  throw new RevokerError("bad-event", "The event is no batch of messages.");
};

/** Does each message in its order. The first that fails comes again, and what follows it: order is kept in a group. */
export const batchHandler =
  (log: Log, what: string, work: (body: string, messageId: string) => Promise<void>) =>
  async (event: unknown): Promise<BatchAnswer> => {
    const records = recordsIn(event);
    for (const [index, { messageId, body }] of records.entries()) {
      try {
        await work(body, messageId);
      } catch (error) {
        log.error(what, { message: messageId, error: messageOf(error) });
        const rest = records.slice(index).map((each) => ({ itemIdentifier: each.messageId }));
        return { batchItemFailures: rest };
      }
    }
    return { batchItemFailures: [] };
  };
