import { isFields } from "../../core/leak/fields.ts";

/** A request as API Gateway hands it on. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
export interface Webhook {
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
  /** The bytes that were sent. */
  body: Uint8Array;
}

export interface WebhookAnswer {
  statusCode: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export const webhookAnswer = (statusCode: number, message: string): WebhookAnswer => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message }),
});

const headersIn = (headers: unknown): Record<string, string> => {
  const named: Record<string, string> = {};
  if (isFields(headers))
    for (const [name, value] of Object.entries(headers))
      if (typeof value === "string") named[name.toLowerCase()] = value;
  return named;
};

/** Undefined for what is no request; `tooLarge` for more bytes than `mostBytes`. */
export const readWebhook = (event: unknown, mostBytes: number): Webhook | "tooLarge" | undefined => {
  if (!isFields(event) || typeof event.body !== "string") return undefined;
  const isBase64 = event.isBase64Encoded === true;
  // Decoding what is too large anyway would only cost time.
  if (event.body.length > mostBytes * 2) return "tooLarge";
  const body = Buffer.from(event.body, isBase64 ? "base64" : "utf8");
  if (body.length > mostBytes) return "tooLarge";
  return { headers: headersIn(event.headers), body };
};
