/**
 * Splunk's HTTP Event Collector, the endpoint for JSON events.
 *
 * - Verified, help.splunk.com "Troubleshoot HTTP Event Collector" (codes 0 to 17) and "Format events for HTTP Event
 *   Collector": the header `Authorization: Splunk TOKEN`, or Basic with the token as password; several events in one
 *   call one after the other; `event` required and not blank; `time` in seconds, with a fraction or as a string;
 *   `invalid-event-number` of what is refused.
 * - Assumed: of several events, those before the refused one are kept; 413 for more than `maximumBytes`.
 * - Gaps: raw events, channels and acknowledgements, tokens in the query, gzip.
 */
import type { Handler, SimulatedRequest, SimulatedResponse } from "../http/responder.ts";
import type { SiemWorld } from "./world.ts";

const answers = {
  success: [200, 0, "Success"],
  tokenDisabled: [403, 1, "Token disabled"],
  tokenRequired: [401, 2, "Token is required"],
  invalidAuthorization: [401, 3, "Invalid authorization"],
  invalidToken: [403, 4, "Invalid token"],
  noData: [400, 5, "No data"],
  invalidData: [400, 6, "Invalid data format"],
  incorrectIndex: [400, 7, "Incorrect index"],
  eventRequired: [400, 12, "Event field is required"],
  eventBlank: [400, 13, "Event field cannot be blank"],
} as const;

const answer = (name: keyof typeof answers, eventNumber?: number): SimulatedResponse => {
  const [status, code, text] = answers[name];
  return {
    status,
    body: { text, code, ...(eventNumber === undefined ? {} : { "invalid-event-number": eventNumber }) },
  };
};

/** https://docs.splunk.com/Documentation/Splunk/latest/Admin/Limitsconf (`max_content_length`, as a cloud has it) */
const maximumBytes = 1_000_000;

const tokenIn = ({ headers }: SimulatedRequest): string | undefined | "malformed" => {
  const { authorization } = headers;
  if (authorization === undefined) return undefined;
  const [scheme = "", credentials = ""] = authorization.split(" ");
  if (/^splunk$/i.test(scheme) && credentials !== "") return credentials;
  if (!/^basic$/i.test(scheme)) return "malformed";
  return Buffer.from(credentials, "base64")
    .toString("utf8")
    .replace(/^[^:]*:/, "");
};

/** JSON values one after the other, with or without space between; undefined for one that is none. */
const valuesIn = (text: string): unknown[] => {
  const values: unknown[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === "\\") at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    if (depth !== 0 || quoted || (character !== "}" && character !== "]")) continue;
    values.push(parsed(text.slice(from, at + 1)));
    from = at + 1;
  }
  if (text.slice(from).trim() !== "") values.push(undefined);
  return values;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isTime = (time: unknown): boolean =>
  time === undefined ||
  ((typeof time === "number" || typeof time === "string") && Number.isFinite(Number(time)));

export const splunk = (world: SiemWorld): Record<string, Handler> => {
  const refuse = (value: unknown, number: number): SimulatedResponse | undefined => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return answer("invalidData", number);
    const { event, time, index } = value as { event?: unknown; time?: unknown; index?: unknown };
    if (event === undefined) return answer("eventRequired", number);
    if (event === "" || event === null) return answer("eventBlank", number);
    if (!isTime(time)) return answer("invalidData", number);
    const isOwnIndex = index === undefined || world.indexes.includes(String(index));
    return isOwnIndex ? undefined : answer("incorrectIndex", number);
  };

  return {
    "POST /services/collector/event": (request) => {
      const token = tokenIn(request);
      if (token === undefined) return answer("tokenRequired");
      if (token === "malformed") return answer("invalidAuthorization");
      if (token !== world.splunkToken) return answer("invalidToken");
      if (!world.isSplunkTokenEnabled) return answer("tokenDisabled");
      if (request.text.trim() === "") return answer("noData");
      if (Buffer.byteLength(request.text) > maximumBytes) return { status: 413 };
      for (const [number, value] of valuesIn(request.text).entries()) {
        const refusal = refuse(value, number);
        if (refusal !== undefined) return refusal;
        const { event, ...envelope } = value as { event: unknown };
        world.keep("splunk", typeof event === "object" ? { ...event } : { raw: event }, envelope);
      }
      return answer("success");
    },
  };
};
