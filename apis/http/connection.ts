import http from "node:http";
import https from "node:https";
import axios, { type AxiosResponse, isAxiosError } from "axios";
import { isLoopback } from "./base-url.ts";
import { type Answer, type Call, pathOf } from "./call.ts";
import { reasonOf, wasSent } from "./network-error.ts";

export interface ConnectionOptions {
  baseUrl: string;
  /** From sending to the end of the answer. */
  timeoutMilliseconds: number;
  /** Connections held open. */
  connections: number;
}

type RequestHeaders = Readonly<Record<string, string>>;

export type Reply =
  | { kind: "answer"; answer: Answer }
  | { kind: "unreachable"; reason: string }
  | { kind: "unanswered"; reason: string };

/**
 * Idle connections are closed well before the other side does it: a POST that meets a closing connection has an
 * unknown outcome. Load balancers of AWS close after 60 seconds, just as long as a pause for a rate limit.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#connection-idle-timeout
 */
const idleMilliseconds = 20_000;

/**
 * One attempt of a call. Never throws for what the network does, and hands on nothing of axios's own errors:
 * they hold the request's headers and body.
 */
export const connect = ({ baseUrl, timeoutMilliseconds, connections }: ConnectionOptions) => {
  // An idle kept-alive socket is unreferenced: it does not keep the process running.
  const agent = { keepAlive: true, maxSockets: connections, timeout: idleMilliseconds };
  const instance = axios.create({
    baseURL: baseUrl,
    timeout: timeoutMilliseconds,
    // A redirect would carry the token elsewhere.
    maxRedirects: 0,
    validateStatus: () => true,
    responseType: "text",
    transformResponse: (text: unknown) => text,
    httpAgent: new http.Agent(agent),
    httpsAgent: new https.Agent(agent),
    headers: { accept: "application/json", "user-agent": "genesys-credential-guard" },
    // Elsewhere axios honours HTTPS_PROXY, HTTP_PROXY and NO_PROXY by itself.
    ...(isLoopback(baseUrl) ? { proxy: false as const } : {}),
  });

  const { host } = new URL(baseUrl);
  return async (call: Call, headers: RequestHeaders = {}): Promise<Reply> => {
    try {
      const response = await instance.request<string>({
        method: call.method,
        url: pathOf(call),
        ...(call.query === undefined ? {} : { params: call.query }),
        ...content(call, headers),
      });
      return read(response);
    } catch (error) {
      if (!isAxiosError(error)) throw error;
      return { kind: wasSent(error) ? "unanswered" : "unreachable", reason: reasonOf(error, host) };
    }
  };
};

const content = ({ body, form }: Call, headers: RequestHeaders) => {
  if (form !== undefined) {
    return {
      data: new URLSearchParams(form).toString(),
      headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
    };
  }
  if (body === undefined) return { headers };
  return { data: JSON.stringify(body), headers: { ...headers, "content-type": "application/json" } };
};

const read = ({ status, headers, data: text }: AxiosResponse<string>): Reply => {
  const answer = {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  };
  if (text === "") return { kind: "answer", answer: { ...answer, body: undefined } };
  try {
    return { kind: "answer", answer: { ...answer, body: JSON.parse(text) } };
  } catch {
    // A login page of a proxy is no success of the platform's.
    if (status < 300) return { kind: "unanswered", reason: `HTTP ${status} with a body that is not JSON` };
    return { kind: "answer", answer: { ...answer, body: text } };
  }
};
