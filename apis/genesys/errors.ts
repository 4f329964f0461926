import { CallError, type Failure } from "../http/errors.ts";

export {
  AmbiguousOutcomeError,
  ApiError as GenesysError,
  ConflictError,
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

/** Who gives a role must hold it, and who edits a client must hold every role of the client. */
export class RoleNotHeldError extends CallError {
  readonly code = "role-not-held";

  constructor(failure: Failure) {
    super(
      failure,
      "the client in use does not hold every role that the object has or is to get",
      "Give those roles, in the same divisions, to the client named by GENESYSCLOUD_OAUTHCLIENT_ID; a new grant can take minutes to count.",
    );
  }
}

/** The organisation has as many OAuth clients as it may have. */
export class QuotaReachedError extends CallError {
  readonly code = "quota-reached";
  /** How many are allowed, where the platform says it. */
  readonly limit: number | undefined;

  constructor(failure: Failure, limit: number | undefined) {
    const most = limit === undefined ? "" : ` (${limit})`;
    super(
      failure,
      `the organisation has reached its limit of OAuth clients${most}`,
      "Delete clients that nobody uses (Admin > Integrations > OAuth), or ask Genesys for a higher limit.",
    );
    this.limit = limit;
  }
}

/** Only an inactive client can be deleted. */
export class CannotDeleteActiveClientError extends CallError {
  readonly code = "cannot-delete-active-client";

  constructor(failure: Failure) {
    super(
      failure,
      "is active, and only an inactive client can be deleted",
      "Set its state to inactive first.",
    );
  }
}

/** The client exists, and is made for another way to log in. */
export class WrongGrantTypeError extends CallError {
  readonly code = "wrong-grant-type";

  constructor(failure: Failure) {
    super(
      failure,
      "is not of the grant type CLIENT-CREDENTIALS",
      "Use a client of that type: the grant type of an existing client should not be changed.",
    );
  }
}
