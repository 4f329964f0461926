import type { Answer } from "../http/call.ts";
import type { Dialect } from "../http/client.ts";
import {
  InvalidCredentialsError,
  InvalidRequestError,
  MissingPermissionError,
  NotFoundError,
  PlatformError,
  VersionConflictError,
} from "../http/errors.ts";
import { serviceName } from "./settings.ts";

interface ErrorBody {
  message?: string;
  /** By the index of the pattern in the request. */
  validation_errors?: Record<string, { errors?: { code?: string; message?: string }[] }>;
  /** https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed */
  errors?: unknown[];
}

const errorBody = ({ body }: Answer): ErrorBody => (typeof body === "object" && body !== null ? body : {});

const validationErrors = ({ validation_errors = {}, errors = [] }: ErrorBody): string[] => [
  ...Object.entries(validation_errors).flatMap(([index, { errors: each = [] }]) =>
    each.map(({ code, message }) => `pattern ${index}: ${[code, message].filter(Boolean).join(": ")}`),
  ),
  ...errors.map((each) => (typeof each === "string" ? each : JSON.stringify(each))),
];

/**
 * The permissions that would have been enough: GitHub names them for fine-grained tokens and apps in one header,
 * for classic tokens in another.
 * https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible
 */
export const acceptedPermissions = ({ headers }: Answer): string[] => {
  const named = headers["x-accepted-github-permissions"] ?? headers["x-accepted-oauth-scopes"] ?? "";
  return named
    .split(/[;,]/)
    .map((each) => each.trim())
    .filter((each) => /^[\w:=]+$/.test(each));
};

const oneMinute = 60_000;

/**
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 * (`Retry-After`, where it is sent, outranks what is said here)
 */
const limit = (answer: Answer, now: number): { waitMilliseconds?: number } | undefined => {
  if (answer.status !== 403 && answer.status !== 429) return undefined;
  const { headers } = answer;
  if (headers["x-ratelimit-remaining"] === "0") {
    const reset = Number(headers["x-ratelimit-reset"]) * 1000;
    return { waitMilliseconds: Number.isFinite(reset) ? Math.max(0, reset - now) : oneMinute };
  }
  const secondary = /secondary rate limit/i.test(errorBody(answer).message ?? "");
  return secondary || answer.status === 429 || headers["retry-after"] !== undefined
    ? { waitMilliseconds: oneMinute }
    : undefined;
};

export const githubDialect: Dialect = {
  name: serviceName,
  limit,
  explain: (answer) => {
    const body = errorBody(answer);
    const text = [body.message, ...validationErrors(body)].filter(Boolean).join("; ");
    return {
      platformMessage: text === "" ? undefined : text,
      correlationId: answer.headers["x-github-request-id"],
    };
  },
  toError: (failure, answer) => {
    const permissions = acceptedPermissions(answer);
    switch (answer.status) {
      case 401:
        return new InvalidCredentialsError(
          failure,
          "Check that GITHUB_TOKEN has not expired or been revoked, and that GITHUB_API_URL is the host that issued it.",
        );
      case 403:
        return new MissingPermissionError(
          failure,
          permissions,
          "Grant it to the token in GITHUB_TOKEN, and check that secret scanning (GitHub Secret Protection) is on.",
        );
      case 404: {
        const accepted = permissions.length === 0 ? "" : ` (one of: ${permissions.join(", ")})`;
        return new NotFoundError(
          failure,
          `GitHub says so too where the token in GITHUB_TOKEN lacks the permission${accepted} or secret scanning is off: check the name, the permission, and that secret scanning is on.`,
        );
      }
      case 409:
      case 412:
        return new VersionConflictError(failure);
    }
    return answer.status >= 400 && answer.status < 500
      ? new InvalidRequestError(failure)
      : new PlatformError(failure);
  },
};
