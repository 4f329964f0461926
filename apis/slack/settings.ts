import { checkBaseUrl } from "../http/base-url.ts";
import { MissingCredentialsError } from "../http/errors.ts";
import type { Secret } from "../http/secret.ts";

export const serviceName = "Slack";

/** https://docs.slack.dev/apis/web-api/#basics */
export const defaultApiUrl = "https://slack.com/api";

export interface SlackSettings {
  /** Default `https://slack.com/api`. */
  apiUrl?: string;
  /** The bot's token, `xoxb-…`, or what reads it: that is asked at every attempt. Scopes: chat:write, users:read.email. */
  botToken: Secret | (() => Promise<Secret>);
}

/** The base URL without a slash at its end; throws where a token must not be sent there. */
export const checkedApiUrl = ({ apiUrl = defaultApiUrl }: SlackSettings): string => {
  const problem = checkBaseUrl(apiUrl);
  if (problem === undefined) return apiUrl.replace(/\/+$/, "");
  throw new MissingCredentialsError(
    serviceName,
    [`SLACK_API_URL ${problem}`],
    `Leave it out for ${defaultApiUrl}.`,
  );
};
