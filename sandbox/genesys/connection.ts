import { pathOf } from "../../apis/http/call.ts";
import { type Attempt, contentOf, standardHeaders } from "../../apis/http/connection.ts";
import type { Responder } from "../http/responder.ts";
import { asJson } from "./json.ts";

/**
 * Calls of our own client without HTTP. What goes in and out is what JSON would carry, and no object is shared with
 * the simulator's records. An injected latency passes before the call, and is never longer than the caller's
 * patience: a call that is given up is a `dropAfter`.
 */
export const inProcess = ({ calls, respond, findKnown }: Responder): Attempt => {
  return async (call, headers = {}) => {
    const content = contentOf(call, headers);
    const known = findKnown(call.method, call.route, call.params);
    const outcome = await respond(
      {
        method: call.method,
        // Worked out for the record alone, where the route is known without it.
        path: known !== undefined && calls.onlyCounts ? call.route : pathOf(call),
        query: call.query === undefined ? noQuery : queryOf(call.query),
        headers: { ...standardHeaders, ...content.headers },
        text: content.text ?? "",
        sourceAddress: "127.0.0.1",
      },
      known,
    );
    if (outcome === "dropped") return { kind: "unanswered", reason: "ECONNRESET at the simulator" };
    const { status, body, bytes } = outcome;
    if (bytes !== undefined && bytes.byteLength > (call.mostBytes ?? 0)) return { kind: "tooLarge" };
    return {
      kind: "answer",
      answer: { status, headers: lowerCase(outcome.headers), body: bytes ?? asJson(body) },
    };
  };
};

const noQuery = new URLSearchParams();

const queryOf = (query: Readonly<Record<string, string | number | boolean>>): URLSearchParams =>
  new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]));

const lowerCase = (headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => {
  for (const name in headers)
    if (name !== name.toLowerCase())
      return Object.fromEntries(Object.entries(headers).map(([each, value]) => [each.toLowerCase(), value]));
  return headers;
};
