import type { Answer, Call } from "./call.ts";

export interface ConnectionOptions {
  baseUrl: string;
  /** From sending to the end of the answer. */
  timeoutMilliseconds: number;
  /** Connections held open. */
  connections: number;
}

export type RequestHeaders = Readonly<Record<string, string>>;

export type Reply =
  | { kind: "answer"; answer: Answer }
  /** A success with more bytes than `Call.mostBytes`. */
  | { kind: "tooLarge" }
  /** Nothing was sent. */
  | { kind: "unreachable"; reason: string }
  /** The call was or may have been sent. */
  | { kind: "unanswered"; reason: string };

/** Makes one attempt of a call. Rejects for a call that cannot be sent as it is, never for what the network does. */
export type Attempt = (call: Call, headers?: RequestHeaders) => Promise<Reply>;

/**
 * How attempts reach a service: `axiosConnection` where its interceptors and proxies are wanted, `fetchConnection`
 * where a bundle must be small, a simulator's own where there is no network.
 */
export type Connect = (options: ConnectionOptions) => Attempt;

export const standardHeaders: RequestHeaders = {
  accept: "application/json",
  "user-agent": "genesys-credential-guard",
};

/** What a call carries, and the headers that it needs for it. */
export const contentOf = (
  { body, form }: Call,
  headers: RequestHeaders,
): { text?: string; headers: RequestHeaders } => {
  if (form !== undefined) {
    const type = "application/x-www-form-urlencoded";
    return { text: new URLSearchParams(form).toString(), headers: { ...headers, "content-type": type } };
  }
  if (body === undefined) return { headers };
  return { text: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } };
};

/** The reply that an answer of the service amounts to. */
export const replyOf = (status: number, headers: RequestHeaders, text: string): Reply => {
  const answer = { status, headers };
  if (text === "") return { kind: "answer", answer: { ...answer, body: undefined } };
  try {
    return { kind: "answer", answer: { ...answer, body: JSON.parse(text) } };
  } catch {
    // A login page of a proxy is no success of the platform's.
    if (status < 300) return { kind: "unanswered", reason: `HTTP ${status} with a body that is not JSON` };
    return { kind: "answer", answer: { ...answer, body: text } };
  }
};
