import type { Models } from "purecloud-platform-client-v2";

/** A refusal, in the shape of the platform's `ErrorBody`. Codes and messages: swagger.json of March 2018. */
export class PlatformError extends Error {
  readonly status: number;
  readonly code: string;
  readonly extra: Partial<Models.ErrorBody>;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    extra: Partial<Models.ErrorBody> = {},
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.extra = extra;
    this.headers = headers;
  }

  body(contextId: string): Models.ErrorBody {
    return errorBody(this.status, this.code, this.message, contextId, this.extra);
  }
}

export const errorBody = (
  status: number,
  code: string,
  message: string,
  contextId: string,
  extra: Partial<Models.ErrorBody> = {},
): Models.ErrorBody => ({
  message,
  code,
  status,
  contextId,
  messageParams: {},
  details: [],
  errors: [],
  ...extra,
});

export const badRequest = (message: string): PlatformError => new PlatformError(400, "bad.request", message);

/** A field with a value that the platform does not take. */
export const invalidValue = (field: string, value: unknown, legal: string): PlatformError =>
  new PlatformError(
    400,
    "invalid.value",
    `Value [${String(value)}] is not valid for field type [${field}]. Allowable values are: ${legal}`,
    {
      messageParams: { field, value: String(value), allowableValues: legal },
      details: [{ errorCode: "invalid.value", fieldName: field }],
    },
  );

export const requiredField = (field: string): PlatformError =>
  new PlatformError(400, "bad.request", `The field ${field} is required.`, {
    messageParams: { field },
    details: [{ errorCode: "required", fieldName: field }],
  });

export const notFound = (entityId?: string): PlatformError =>
  new PlatformError(
    404,
    "not.found",
    "The requested resource was not found.",
    entityId === undefined ? {} : { entityId },
  );

export const unsupportedMediaType = (): PlatformError =>
  new PlatformError(
    415,
    "unsupported.media.type",
    "Unsupported Media Type - Unsupported or incorrect media type, such as an incorrect Content-Type value in the header.",
  );

export const conflict = (message: string): PlatformError =>
  new PlatformError(409, "general.conflict", message);

/** For users the 409 and its text are verified; the Terraform provider expects a 400 with these words too. */
export const versionMismatch = (status: 409 | 400, kind: string): PlatformError =>
  new PlatformError(
    status,
    status === 409 ? "general.conflict" : "bad.request",
    `The version supplied does not match the current version of the ${kind}`,
  );

export const authenticationRequired = (): PlatformError =>
  new PlatformError(
    401,
    "authentication.required",
    "No authentication bearer token specified in authorization header.",
  );

export const badCredentials = (): PlatformError =>
  new PlatformError(401, "bad.credentials", "Invalid login credentials.");

export const missingPermissions = (permissions: readonly string[]): PlatformError =>
  new PlatformError(
    403,
    "missing.permissions",
    `Unable to perform the requested action. You are missing the following permission(s): ${permissions.join(", ")}`,
    { messageParams: { permissions: permissions.join(", ") } },
  );

export const missingAnyPermissions = (permissions: readonly string[]): PlatformError =>
  new PlatformError(
    403,
    "missing.any.permissions",
    `Unable to perform the requested action. You must have at least one of the following permissions assigned: ${permissions.join(", ")}`,
    { messageParams: { permissions: permissions.join(", ") } },
  );

export const notAuthorized = (
  message = "You are not authorized to perform the requested action.",
): PlatformError => new PlatformError(403, "not.authorized", message);

export const tooManyRequests = (
  maximum: number,
  windowSeconds: number,
  retryAfterSeconds: number,
): PlatformError =>
  new PlatformError(
    429,
    "too.many.requests",
    `Rate limit exceeded the maximum [${maximum}] requests within [${windowSeconds}] seconds`,
    {
      messageParams: { maximum: String(maximum), seconds: String(windowSeconds) },
      limit: { namespace: "platform.api", key: "client.credentials.token.rate.per.minute", value: maximum },
    },
    { "retry-after": String(retryAfterSeconds) },
  );
