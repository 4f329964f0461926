import { checkBaseUrl } from "../http/base-url.ts";
import { MissingCredentialsError } from "../http/errors.ts";
import type { Secret } from "../http/secret.ts";

export const siemKinds = ["splunk", "datadog"] as const;

export type SiemKind = (typeof siemKinds)[number];

export interface SiemSettings {
  /** Splunk's HTTP Event Collector, or Datadog's log intake. */
  kind: SiemKind;
  /**
   * Without the path: `https://http-inputs-acme.splunkcloud.com`, `https://splunk.acme.example:8088`,
   * `https://http-intake.logs.datadoghq.eu`.
   */
  url: string;
  /** The collector's token or the API key, or what reads it: that is asked at every attempt. */
  token: Secret | (() => Promise<Secret>);
  /** Splunk alone: an index other than the token's own. */
  index?: string;
}

/** The base URL without a slash at its end; throws where a token must not be sent there. */
export const checkedUrl = ({ kind, url }: SiemSettings, serviceName: string): string => {
  const problems: string[] = [];
  if (!siemKinds.includes(kind)) problems.push(`SIEM_KIND is none of ${siemKinds.join(", ")}`);
  const problem = checkBaseUrl(url);
  if (problem !== undefined) problems.push(`SIEM_URL ${problem}`);
  else if (new URL(url).pathname !== "/") problems.push("SIEM_URL must have no path: it is added here");
  if (problems.length === 0) return url.replace(/\/+$/, "");
  throw new MissingCredentialsError(
    serviceName,
    problems,
    "Give the address of Splunk's HTTP Event Collector with SIEM_KIND=splunk, or of Datadog's log intake with SIEM_KIND=datadog.",
  );
};
