import { randomBytes } from "node:crypto";
import type { AwsCredentials } from "../../../apis/aws/credentials.ts";
import { type AwsSession, createAwsSession } from "../../../apis/aws/session.ts";
import type { Transport } from "../../../apis/http/client.ts";
import { type Loopback, type Received, type Scripted, startLoopback } from "../loopback.ts";
import { virtualTime } from "../virtual-time.ts";

export const newSecret = (): string => randomBytes(24).toString("base64url");

export const newCredentials = () =>
  ({
    accessKeyId: "AKIDEXAMPLE",
    secretAccessKey: newSecret(),
    sessionToken: newSecret(),
  }) satisfies AwsCredentials;

export interface AwsFake {
  session: AwsSession;
  server: Loopback;
  credentials: ReturnType<typeof newCredentials>;
  /** How long was slept between attempts, milliseconds. */
  pauses: readonly number[];
  /** The body of a request that was received. */
  sent(number: number): Record<string, unknown>;
}

/** A session whose service is a script; closed when the test ends. */
export const withAws = async (
  answer: (request: Received, count: number) => Scripted,
  use: (fake: AwsFake) => Promise<void>,
  transport: Transport = {},
): Promise<void> => {
  const server = await startLoopback(answer);
  const time = virtualTime();
  const credentials = newCredentials();
  const session = createAwsSession({
    region: "eu-central-1",
    credentials: async () => credentials,
    environment: { AWS_ENDPOINT_URL: server.url },
    transport: { ...time.transport, ...transport },
  });
  try {
    await use({
      session,
      server,
      credentials,
      pauses: time.pauses,
      sent: (number) => JSON.parse(server.received[number]?.text ?? ""),
    });
  } finally {
    await server.close();
  }
};

/** What a call failed with. Fails where it does not. */
export const failureOf = async (call: Promise<unknown>): Promise<Error> => {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!("error" in outcome)) throw new Error("The call was expected to fail, and did not.");
  return outcome.error as Error;
};

/** A refusal as the JSON protocols spell it. */
export const refusal = (code: string, message = "because", status = 400): Scripted => ({
  status,
  headers: { "x-amzn-requestid": "request-1" },
  body: { __type: `com.amazonaws.any#${code}`, message },
});
