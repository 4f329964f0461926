export {
  AmbiguousOutcomeError,
  ApiError as SiemError,
  InvalidCredentialsError,
  InvalidRequestError,
  MissingCredentialsError,
  NotFoundError,
  PlatformError,
  RateLimitedError,
  TooLargeError,
  UnreachableError,
} from "../http/errors.ts";
