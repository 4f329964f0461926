/**
 * Splunk's HTTP Event Collector. An event a call: several in one are written one after the other without a comma,
 * which is no JSON, and there are never more than a few.
 * https://help.splunk.com/en/splunk-enterprise/get-data-in/collect-http-event-data/format-events-for-http-event-collector
 * Codes: https://help.splunk.com/en/splunk-enterprise/get-data-in/collect-http-event-data/troubleshoot-http-event-collector
 */
import type { Answer } from "../http/call.ts";
import {
  InvalidCredentialsError,
  InvalidRequestError,
  NotFoundError,
  PlatformError,
  TooLargeError,
} from "../http/errors.ts";
import type { Intake } from "./intake.ts";

interface AnswerBody {
  text?: unknown;
  code?: unknown;
}

const bodyOf = ({ body }: Answer): AnswerBody => (typeof body === "object" && body !== null ? body : {});

/** Token disabled, token is required, invalid authorization, invalid token. */
const tokenCodes: readonly unknown[] = [1, 2, 3, 4];

export const splunk: Intake = {
  name: "Splunk",
  headers: (token) => ({ authorization: `Splunk ${token}` }),
  calls: (events, { index }) =>
    events.map((event) => ({
      method: "POST",
      route: "/services/collector/event",
      object: `event ${event.metadata.uid}`,
      effect: "idempotent",
      body: {
        // Seconds; milliseconds after the point.
        time: event.time / 1000,
        source: "genesys-credential-guard",
        // Source types that begin so are what the OCSF-CIM add-on reads:
        // https://help.splunk.com/data-management/process-data-at-ingest-time/use-ingest-processor/9.3.2408/process-data-using-pipelines/convert-data-to-ocsf-format-using-ingest-processor/working-with-ocsf-formatted-data-in-the-splunk-platform-and-splunk-enterprise-security
        sourcetype: "ocsf:genesys-credential-guard",
        ...(index === undefined ? {} : { index }),
        event,
      },
    })),
  explain: (answer) => {
    const { text, code } = bodyOf(answer);
    return {
      platformCode: typeof code === "number" ? `code-${code}` : undefined,
      platformMessage: typeof text === "string" ? text : undefined,
    };
  },
  isTaken: (answer) => bodyOf(answer).code === 0,
  toError: (failure, answer) => {
    if (tokenCodes.includes(bodyOf(answer).code) || answer.status === 401 || answer.status === 403)
      return new InvalidCredentialsError(
        failure,
        "Enable the HTTP Event Collector's token in Splunk, or store the right one as `token` in the secret of SIEM_SECRET_ARN.",
      );
    if (answer.status === 404)
      return new NotFoundError(
        failure,
        "Check SIEM_URL, and that the HTTP Event Collector is enabled there (Settings > Data Inputs > HTTP Event Collector).",
      );
    if (answer.status === 413) return new TooLargeError(failure);
    return answer.status >= 400 && answer.status < 500
      ? new InvalidRequestError(failure)
      : new PlatformError(failure);
  },
};
