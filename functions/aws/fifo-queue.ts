import type { AwsSession } from "../../apis/aws/session.ts";
import { sendMessage } from "../../apis/aws/sqs.ts";
import type { Queue } from "../ports.ts";
import { asPort } from "./port-error.ts";

export const awsFifoQueue = (session: AwsSession, queueUrl: string): Queue => ({
  send: ({ body, ...message }) =>
    asPort(() => sendMessage(session, { queueUrl, ...message, body: JSON.stringify(body) })),
});
