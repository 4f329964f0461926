import type { Models } from "purecloud-platform-client-v2";
import type { Answer } from "../http/call.ts";
import type { Dialect } from "../http/client.ts";
import {
  type ApiError,
  ConflictError,
  type Failure,
  InvalidCredentialsError,
  InvalidRequestError,
  MissingPermissionError,
  NotFoundError,
  PlatformError,
  VersionConflictError,
} from "../http/errors.ts";
import { CannotDeleteActiveClientError, QuotaReachedError, RoleNotHeldError } from "./errors.ts";
import { serviceName } from "./settings.ts";

const errorBody = ({ body }: Answer): Partial<Models.ErrorBody> =>
  typeof body === "object" && body !== null ? body : {};

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** Permissions are `domain:entity:action`; the body names them in a parameter of the message or in the message. */
const permissionsIn = ({ message, messageParams }: Partial<Models.ErrorBody>): string[] => {
  const words = [...Object.values(messageParams ?? {}), message ?? ""].join(" ");
  return [...new Set(words.match(/\b[a-z]\w*:\w+:(?:\w+|\*)/gi))];
};

const forbidden = (failure: Failure, body: Partial<Models.ErrorBody>): ApiError => {
  const permissions = permissionsIn(body);
  if (permissions.length === 0 && /\broles?\b/i.test(body.message ?? ""))
    return new RoleNotHeldError(failure);
  return new MissingPermissionError(
    failure,
    permissions,
    "Add what is missing to a role of the client named by GENESYSCLOUD_OAUTHCLIENT_ID; the change can take five minutes to count.",
  );
};

/**
 * How the platform's own Terraform provider tells a stale version:
 * https://github.com/MyPureCloud/terraform-provider-genesyscloud/blob/main/genesyscloud/util/util_retries.go
 */
const isVersionConflict = ({ message = "", code }: Partial<Models.ErrorBody>): boolean =>
  message.includes("does not match the current version") || code === "version.conflict";

/**
 * The platform API. Codes: the vendor's published swagger.json, under each operation's responses.
 * https://developer.genesys.cloud/platform/api/
 */
export const apiDialect: Dialect = {
  name: serviceName,
  explain: (answer) => {
    const { code, message, contextId } = errorBody(answer);
    return {
      platformCode: text(code),
      platformMessage: text(message),
      correlationId: text(contextId) ?? text(answer.headers["inin-correlation-id"]),
    };
  },
  toError: (failure, answer) => {
    const body = errorBody(answer);
    if (isVersionConflict(body)) return new VersionConflictError(failure);
    switch (body.code) {
      case "cannot.delete.client":
        return new CannotDeleteActiveClientError(failure);
      case "auth.too.many.clients":
        return new QuotaReachedError(failure, body.limit?.value);
      case "general.conflict":
        return new ConflictError(failure);
    }
    switch (answer.status) {
      case 401:
        return new InvalidCredentialsError(
          failure,
          "The platform refuses a token that it has just given out: check that the client named by GENESYSCLOUD_OAUTHCLIENT_ID is still active, and that this address is in the organisation's allowlist.",
        );
      case 403:
        return forbidden(failure, body);
      case 404:
      case 410:
        return new NotFoundError(failure);
      case 409:
        return new ConflictError(failure);
    }
    return answer.status >= 400 && answer.status < 500
      ? new InvalidRequestError(failure)
      : new PlatformError(failure);
  },
};
