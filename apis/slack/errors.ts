import { CallError, type Failure } from "../http/errors.ts";

export {
  AmbiguousOutcomeError,
  ApiError as SlackError,
  InvalidCredentialsError,
  InvalidRequestError,
  MissingCredentialsError,
  MissingPermissionError,
  NotFoundError,
  PlatformError,
  RateLimitedError,
  UnreachableError,
} from "../http/errors.ts";

/** The channel or user is there and takes nothing from the bot: it is archived, or the bot is not in it. */
export class CannotPostError extends CallError {
  readonly code = "cannot-post";

  constructor(failure: Failure, next: string) {
    super(failure, "takes no message from the bot", next);
  }
}
