import type { AwsSession } from "../../apis/aws/session.ts";
import { sendMessage } from "../../apis/aws/sqs.ts";
import type { Permission } from "../permissions.ts";
import type { Queue } from "../ports.ts";
import { asPort } from "./port-error.ts";

export const emergenciesPermissions: readonly Permission[] = [
  {
    actions: ["sqs:SendMessage"],
    on: "emergencyQueue",
    why: "Asks for the rotation of a credential whose client is gone or refused",
  },
];

export const awsEmergencies = (session: AwsSession, queueUrl: string): Queue => ({
  send: ({ body, ...message }) =>
    asPort(() => sendMessage(session, { queueUrl, ...message, body: JSON.stringify(body) })),
});
