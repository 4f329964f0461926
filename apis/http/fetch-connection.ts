import { type Call, pathOf } from "./call.ts";
import { type Connect, contentOf, type Reply, replyOf, standardHeaders } from "./connection.ts";
import { type NetworkError, reasonOf, wasSent } from "./network-error.ts";

const urlOf = (baseUrl: string, call: Call): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) query.set(name, String(value));
  const search = query.size === 0 ? "" : `?${query}`;
  return `${baseUrl.replace(/\/+$/, "")}${pathOf(call)}${search}`;
};

/**
 * What Node's fetch says of the network: a `TypeError` with the network's error as its cause, or the time limit's
 * own error. Undefined for anything else, which is a mistake in the request.
 * https://github.com/nodejs/undici/blob/main/docs/docs/api/Errors.md
 */
const networkErrorIn = (error: unknown): NetworkError | undefined => {
  const { name, cause } = error as { name?: unknown; cause?: unknown };
  if (name === "TimeoutError") return { code: "ETIMEDOUT" };
  if (typeof cause !== "object" || cause === null) return undefined;
  return { code: "code" in cause ? String(cause.code) : undefined, cause };
};

/** Reads no more of the answer than is wanted: what a server says of its length need not be so. */
const fileOf = async (response: Response, mostBytes: number): Promise<Reply> => {
  if (Number(response.headers.get("content-length")) > mostBytes) {
    // Left unread, it would hold the connection.
    await response.body?.cancel();
    return { kind: "tooLarge" };
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (size > mostBytes) return { kind: "tooLarge" };
    chunks.push(chunk);
  }
  const headers = Object.fromEntries(response.headers);
  return { kind: "answer", answer: { status: response.status, headers, body: Buffer.concat(chunks) } };
};

/**
 * By the fetch that Node has: nothing to load, so for functions whose start counts. Two things differ from axios:
 * proxies are used only where Node itself is told to (`NODE_USE_ENV_PROXY=1`), and the number of connections is
 * bounded by the calls in flight alone. Idle connections are closed after four seconds.
 */
const connectionBy =
  (readFile?: typeof fileOf): Connect =>
  ({ baseUrl, timeoutMilliseconds }) => {
    const { host } = new URL(baseUrl);
    return async (call, given = {}) => {
      const { text, headers } = contentOf(call, given);
      const url = urlOf(baseUrl, call);
      try {
        const response = await fetch(url, {
          method: call.method,
          headers: { ...standardHeaders, ...headers },
          // A redirect would carry the token elsewhere.
          redirect: "manual",
          // It also ends an answer that never ends.
          signal: AbortSignal.timeout(timeoutMilliseconds),
          ...(text === undefined ? {} : { body: text }),
        });
        if (call.mostBytes !== undefined && response.ok && readFile !== undefined)
          return await readFile(response, call.mostBytes);
        return replyOf(response.status, Object.fromEntries(response.headers), await response.text());
      } catch (error) {
        const known = networkErrorIn(error);
        // The error's own words can hold a header, and so a token.
        if (known === undefined) throw new TypeError(`${call.method} ${call.route} cannot be sent as it is`);
        return { kind: wasSent(known) ? "unanswered" : "unreachable", reason: reasonOf(known, host) };
      }
    };
  };

export const fetchConnection: Connect = /* @__PURE__ */ connectionBy(fileOf);

/** For services that answer with JSON alone: bundles leave out how files are read. */
export const jsonConnection: Connect = /* @__PURE__ */ connectionBy();
