import http from "node:http";
import https from "node:https";
import axios, { isAxiosError } from "axios";
import { isLoopback } from "./base-url.ts";
import { pathOf } from "./call.ts";
import { type Connect, contentOf, replyOf, standardHeaders } from "./connection.ts";
import { reasonOf, wasSent } from "./network-error.ts";

/**
 * Idle connections are closed well before the other side does it: a POST that meets a closing connection has an
 * unknown outcome. Load balancers of AWS close after 60 seconds, just as long as a pause for a rate limit.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#connection-idle-timeout
 */
const idleMilliseconds = 20_000;

/** By axios. Hands on nothing of axios's own errors: they hold the request's headers and body. */
export const axiosConnection: Connect = ({ baseUrl, timeoutMilliseconds, connections }) => {
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
    headers: { ...standardHeaders },
    // Elsewhere axios honours HTTPS_PROXY, HTTP_PROXY and NO_PROXY by itself.
    ...(isLoopback(baseUrl) ? { proxy: false as const } : {}),
  });

  const { host } = new URL(baseUrl);
  return async (call, given = {}) => {
    if (call.mostBytes !== undefined)
      throw new TypeError(`${call.route} answers a file: use fetchConnection`);
    const { text, headers } = contentOf(call, given);
    try {
      const response = await instance.request<string>({
        method: call.method,
        url: pathOf(call),
        headers,
        ...(call.query === undefined ? {} : { params: call.query }),
        ...(text === undefined ? {} : { data: text }),
      });
      const named = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
      return replyOf(response.status, Object.fromEntries(named), response.data);
    } catch (error) {
      if (!isAxiosError(error)) throw error;
      return { kind: wasSent(error) ? "unanswered" : "unreachable", reason: reasonOf(error, host) };
    }
  };
};
