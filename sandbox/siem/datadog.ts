/**
 * Datadog's log intake.
 *
 * - Verified, docs.datadoghq.com/api/latest/logs/#send-logs: `DD-API-KEY`; 202 with `{}`; 400, 401 without a key,
 *   403 for a wrong one, 413 above 5 MB; 1,000 logs; a log longer than 1 MB is cut; timestamps up to 18 hours back.
 * - Assumed: 413 above 1,000 logs; the texts of the errors; a log that says it is older than 18 hours is taken and
 *   dropped; an event is found under `ocsf`, or as JSON in `message`.
 * - Gaps: plain text, gzip, tags in the query.
 */
import type { Handler, SimulatedResponse } from "../http/responder.ts";
import type { SiemWorld } from "./world.ts";

const maximumBytes = 5_000_000;
const mostLogs = 1_000;
const oldestMilliseconds = 18 * 3_600_000;

const refusal = (status: number, title: string, detail: string): SimulatedResponse => ({
  status,
  body: { errors: [{ status: String(status), title, detail }] },
});

type Log = Readonly<Record<string, unknown>>;

const logsIn = (text: string): Log[] | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const logs: unknown[] = Array.isArray(value) ? value : [value];
  const areLogs = logs.every((log) => typeof log === "object" && log !== null && "message" in log);
  return areLogs ? (logs as Log[]) : undefined;
};

const eventIn = ({ ocsf, message }: Log): Log => {
  if (typeof ocsf === "object" && ocsf !== null) return { ...ocsf };
  try {
    const value: unknown = JSON.parse(String(message));
    return typeof value === "object" && value !== null ? { ...value } : { raw: message };
  } catch {
    return { raw: message };
  }
};

export const datadog = (world: SiemWorld): Record<string, Handler> => ({
  "POST /api/v2/logs": ({ headers, text }) => {
    const key = headers["dd-api-key"];
    if (key === undefined) return refusal(401, "Unauthorized", "Missing API key");
    if (key !== world.datadogKey || !world.isDatadogKeyValid)
      return refusal(403, "Forbidden", "API key is invalid");
    if (Buffer.byteLength(text) > maximumBytes) return refusal(413, "Payload Too Large", "more than 5MB");
    const logs = logsIn(text);
    if (logs === undefined) return refusal(400, "Bad Request", "Invalid JSON structure");
    if (logs.length > mostLogs) return refusal(413, "Payload Too Large", "more than 1000 logs");
    for (const log of logs) {
      const { ocsf: _event, message: _message, ...envelope } = log;
      const isOld = world.now() - Number(log.timestamp ?? world.now()) > oldestMilliseconds;
      if (isOld) world.dropped += 1;
      else world.keep("datadog", eventIn(log), envelope);
    }
    return { status: 202, body: {} };
  },
});
