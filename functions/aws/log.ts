import type { Log } from "../ports.ts";

/** What an error tells: neither its stack nor its causes, which can hold what was sent. */
const withErrors = (_: string, value: unknown): unknown => {
  if (!(value instanceof Error)) return value;
  const code = "code" in value ? value.code : undefined;
  return { name: value.name, message: value.message, ...(code === undefined ? {} : { code }) };
};

/** One JSON line for each call, which CloudWatch Logs can be searched by. `write` gets the line with its end. */
export const jsonLog = (write: (line: string) => void, now: () => number = Date.now): Log => {
  const at =
    (level: "INFO" | "WARN" | "ERROR") =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      const own = { time: new Date(now()).toISOString(), level, message };
      let line: string;
      try {
        line = JSON.stringify({ ...own, ...fields, ...own }, withErrors);
      } catch {
        // A log that fails must not fail what it tells about.
        line = JSON.stringify({ ...own, fields: "cannot be written as JSON" });
      }
      write(`${line}\n`);
    };
  return { info: at("INFO"), warn: at("WARN"), error: at("ERROR") };
};
