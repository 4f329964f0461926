/**
 * Slack says no with HTTP 200 and `{ "ok": false, "error": CODE }`; rate limits alone are HTTP 429.
 * https://docs.slack.dev/reference/methods/chat.postMessage#errors
 * https://docs.slack.dev/reference/methods/users.lookupByEmail#errors
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
import type { Answer } from "../http/call.ts";
import type { Dialect } from "../http/client.ts";
import {
  AmbiguousOutcomeError,
  type ApiError,
  type Failure,
  InvalidCredentialsError,
  InvalidRequestError,
  MissingPermissionError,
  NotFoundError,
  PlatformError,
} from "../http/errors.ts";
import { CannotPostError } from "./errors.ts";
import { serviceName } from "./settings.ts";

interface ErrorBody {
  ok?: unknown;
  error?: unknown;
  /** Of `missing_scope`: the scopes that would have been enough, and those that the token has. */
  needed?: unknown;
  provided?: unknown;
  /** Of `invalid_blocks` and the like: what exactly is wrong. */
  errors?: unknown;
  response_metadata?: { messages?: unknown };
}

const bodyOf = ({ body }: Answer): ErrorBody => (typeof body === "object" && body !== null ? body : {});

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];

export const isRefusal = (answer: Answer): boolean => bodyOf(answer).ok !== true;

export const refusalCode = (answer: Answer): string | undefined => text(bodyOf(answer).error);

const scopes = (answer: Answer): string[] =>
  (text(bodyOf(answer).needed) ?? "").split(",").filter((scope) => /^[\w:.-]{1,50}$/.test(scope));

const newToken =
  "Install the app in the workspace again and store its bot token as `botToken` in the secret of SLACK_SECRET_ARN.";

const invite = "Invite the app to that channel (/invite @app), or name another one in the configuration.";

type ToError = (failure: Failure, answer: Answer) => ApiError;

const credentials: ToError = (failure) => new InvalidCredentialsError(failure, newToken);
const invalid: ToError = (failure) => new InvalidRequestError(failure);
const cannotPost =
  (next: string): ToError =>
  (failure) =>
    new CannotPostError(failure, next);
/** Slack's own words of `fatal_error` and `internal_error`: some aspect of the operation may have succeeded. */
const uncertain: ToError = (failure) =>
  failure.method === "GET"
    ? new PlatformError(failure)
    : new AmbiguousOutcomeError(failure, "the service failed while it had the call");
const permission: ToError = (failure, answer) =>
  new MissingPermissionError(
    failure,
    scopes(answer),
    "Add the scope to the app (OAuth & Permissions > Bot Token Scopes) and install it in the workspace again.",
  );

const refusals: Readonly<Record<string, ToError>> = {
  not_authed: credentials,
  invalid_auth: credentials,
  account_inactive: credentials,
  token_revoked: credentials,
  token_expired: credentials,
  access_denied: credentials,
  missing_scope: permission,
  no_permission: permission,
  not_allowed_token_type: permission,
  team_access_not_granted: permission,
  ekm_access_denied: permission,
  channel_not_found: (failure) =>
    new NotFoundError(
      failure,
      "Check the channel's id in the configuration; a private channel that the app is not in looks the same: invite it.",
    ),
  user_not_found: (failure) =>
    new NotFoundError(failure, "Check the Slack user id of that login in the configuration."),
  not_in_channel: cannotPost(invite),
  is_archived: cannotPost("Name another channel in the configuration, or take it out of the archive."),
  restricted_action: cannotPost(
    "An administrator restricts who may post there: allow the app, or name another channel.",
  ),
  restricted_action_read_only_channel: cannotPost(
    "The channel is read-only: name another one in the configuration.",
  ),
  cannot_dm_bot: cannotPost("The user id is a bot's: name a person's in the configuration."),
  messages_tab_disabled: cannotPost("Allow messages to the app: App Home > Messages Tab."),
  user_disabled: cannotPost("The user has left the workspace: name another one in the configuration."),
  internal_error: uncertain,
  fatal_error: uncertain,
  service_unavailable: uncertain,
  request_timeout: uncertain,
  no_text: invalid,
  msg_too_long: invalid,
  msg_blocks_too_long: invalid,
  invalid_blocks: invalid,
  invalid_blocks_format: invalid,
  invalid_arguments: invalid,
};

/** The error for a refusal, of whatever HTTP status. */
export const toError: ToError = (failure, answer) => {
  const known = refusals[refusalCode(answer) ?? ""];
  if (known !== undefined) return known(failure, answer);
  if (answer.status === 401) return credentials(failure, answer);
  if (answer.status === 403) return permission(failure, answer);
  // Whatever else a code says, Slack did not do it.
  return answer.status < 500 && refusalCode(answer) !== undefined
    ? new InvalidRequestError(failure)
    : new PlatformError(failure);
};

export const slackDialect: Dialect = {
  name: serviceName,
  explain: (answer) => {
    const { response_metadata, errors, provided } = bodyOf(answer);
    const details = [...texts(response_metadata?.messages), ...texts(errors)];
    const has = text(provided);
    if (has !== undefined) details.push(`the token has ${has}`);
    return {
      platformCode: refusalCode(answer),
      platformMessage: details.length === 0 ? undefined : details.join("; "),
      correlationId: answer.headers["x-slack-req-id"],
    };
  },
  toError,
};
