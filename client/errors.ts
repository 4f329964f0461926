/**
 * Everything that the kit throws, one class for each cause. `code` is stable; the message says what happened and what
 * to do next. Nothing in an error is secret.
 */
export abstract class CredentialError extends Error {
  abstract readonly code: string;

  constructor(message: string) {
    super(message);
    // The same in a bundle whose classes have lost their names.
    this.name = "CredentialError";
  }
}

/** An option is out of its range, or one that is needed is missing. No call was made. */
export class InvalidOptionError extends CredentialError {
  readonly code = "invalid-option";
}

/** There are no AWS credentials with which the secret could be read. */
export class MissingAwsCredentialsError extends CredentialError {
  readonly code = "missing-aws-credentials";
}

/** There is no such secret, it has no current version, or it is scheduled for deletion. */
export class SecretNotFoundError extends CredentialError {
  readonly code = "secret-not-found";
}

/** The role in use may not read the secret, or not decrypt it. */
export class SecretAccessDeniedError extends CredentialError {
  readonly code = "secret-access-denied";
}

/** The secret holds something that is no credential: it was edited by hand. */
export class InvalidSecretValueError extends CredentialError {
  readonly code = "invalid-secret-value";
}

/** The store of secrets could not be reached, failed, or asked for less calls, several times in a row. */
export class SourceUnavailableError extends CredentialError {
  readonly code = "source-unavailable";
}

/** Genesys Cloud does not know the client or its secret, and the store has no other. */
export class InvalidClientError extends CredentialError {
  readonly code = "invalid-client";
}

/** Too many tokens were asked for. */
export class TokenRateLimitedError extends CredentialError {
  readonly code = "token-rate-limited";
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The token endpoint refuses the client for another reason than its secret. */
export class LoginRefusedError extends CredentialError {
  readonly code = "login-refused";
}

/** The token endpoint could not be reached or failed, several times in a row. */
export class LoginUnavailableError extends CredentialError {
  readonly code = "login-unavailable";
}

/** The call goes to a host that is none of Genesys Cloud's: a token sent there would be given away. */
export class ForeignOriginError extends CredentialError {
  readonly code = "foreign-origin";
}

/** The stack outputs are of a version that this kit does not know, or are none. */
export class InvalidOutputsError extends CredentialError {
  readonly code = "invalid-outputs";
}
