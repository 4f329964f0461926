/**
 * Datadog's log intake: at most 1,000 logs and 5 MB a call.
 * https://docs.datadoghq.com/api/latest/logs/#send-logs
 */
import type { Answer, Call } from "../http/call.ts";
import {
  InvalidCredentialsError,
  InvalidRequestError,
  NotFoundError,
  PlatformError,
  TooLargeError,
} from "../http/errors.ts";
import type { OcsfEvent } from "./api.ts";
import type { Intake } from "./intake.ts";

const mostLogs = 1_000;

/** A log of Datadog's: the event under `ocsf`, where its own pipelines put such events. */
const logOf = (event: OcsfEvent) => ({
  ddsource: "genesys-credential-guard",
  service: "genesys-credential-guard",
  ddtags: `ocsf_class:${event.class_uid}`,
  message: typeof event.message === "string" ? event.message : `OCSF event ${event.metadata.uid}`,
  // No `timestamp`: a log that says it is older than 18 hours is dropped, and cases can wait for longer than that.
  ocsf: event,
});

const errorsIn = ({ body }: Answer): string | undefined => {
  const { errors } = (typeof body === "object" && body !== null ? body : {}) as { errors?: unknown };
  if (!Array.isArray(errors)) return undefined;
  const said = errors.flatMap((each: unknown) => {
    if (typeof each === "string") return [each];
    const { title, detail } = (each ?? {}) as { title?: unknown; detail?: unknown };
    return [title, detail].filter((part) => typeof part === "string");
  });
  return said.length === 0 ? undefined : said.join("; ");
};

export const datadog: Intake = {
  name: "Datadog",
  headers: (token) => ({ "dd-api-key": token }),
  calls: (events) => {
    const calls: Call[] = [];
    for (let at = 0; at < events.length; at += mostLogs) {
      const some = events.slice(at, at + mostLogs);
      calls.push({
        method: "POST",
        route: "/api/v2/logs",
        object: `event ${some[0]?.metadata.uid}${some.length === 1 ? "" : ` and ${some.length - 1} more`}`,
        effect: "idempotent",
        body: some.map(logOf),
      });
    }
    return calls;
  },
  explain: (answer) => ({ platformCode: undefined, platformMessage: errorsIn(answer) }),
  isTaken: ({ status }) => status === 202,
  toError: (failure, answer) => {
    if (answer.status === 401 || answer.status === 403)
      return new InvalidCredentialsError(
        failure,
        "Store an API key of this Datadog site as `token` in the secret of SIEM_SECRET_ARN: an application key or the key of another site is none.",
      );
    if (answer.status === 404)
      return new NotFoundError(failure, "Check that SIEM_URL is the log intake of your site.");
    if (answer.status === 413) return new TooLargeError(failure);
    return answer.status >= 400 && answer.status < 500
      ? new InvalidRequestError(failure)
      : new PlatformError(failure);
  },
};
