export {
  AmbiguousOutcomeError,
  ApiError as GithubError,
  InvalidCredentialsError,
  InvalidRequestError,
  MissingCredentialsError,
  MissingPermissionError,
  NotFoundError,
  PlatformError,
  RateLimitedError,
  UnreachableError,
  VersionConflictError,
} from "../http/errors.ts";
