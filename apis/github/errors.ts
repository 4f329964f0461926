export {
  AmbiguousOutcomeError,
  ApiError as GithubError,
  InvalidCredentialsError,
  InvalidRequestError,
  MissingCredentialsError,
  MissingPermissionError,
  /** HTTP 403, by its own name. */
  MissingPermissionError as ForbiddenError,
  NotFoundError,
  PlatformError,
  RateLimitedError,
  TooLargeError,
  UnreachableError,
  VersionConflictError,
} from "../http/errors.ts";
