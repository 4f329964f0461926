import type { Method } from "./call.ts";

/** What is known about a call that failed. Nothing in it is secret. */
export interface Failure {
  /** `Genesys Cloud` or `GitHub`. */
  service: string;
  /** What the call was about, such as `OAuth client 5f1c…`. */
  object: string;
  method: Method;
  /** Route template: never the path or the query. */
  route: string;
  status?: number | undefined;
  /** The platform's own code and words. */
  platformCode?: string | undefined;
  platformMessage?: string | undefined;
  /** What the platform's support asks for. */
  correlationId?: string | undefined;
}

/** What is shown as a code or an id must look like one: a service may answer with anything. */
const word = (text: string | undefined): string | undefined =>
  text !== undefined && /^[\w.:-]{1,100}$/.test(text) ? text : undefined;

/** A sentence or two; a page of HTML or a whole request sent back helps nobody. */
const longestMessage = 1_000;

const answerOf = ({ status, platformCode, platformMessage, correlationId }: Failure): string =>
  [
    [status, word(platformCode)].filter((part) => part !== undefined).join(" "),
    platformMessage === undefined ? "" : `"${platformMessage.slice(0, longestMessage)}"`,
    word(correlationId) === undefined ? "" : `correlation id ${correlationId}`,
  ]
    .filter((part) => part !== "")
    .join(", ");

/** The base of everything that a client of an outside service throws. No message or property holds a secret. */
export abstract class ApiError extends Error {
  /** Stable, such as `not-found`. */
  abstract readonly code: string;
  readonly service: string;

  constructor(service: string, message: string) {
    super(message);
    this.name = new.target.name;
    this.service = service;
  }
}

/** Settings that the first call needs are missing or unusable; the message names all of them. No call was made. */
export class MissingCredentialsError extends ApiError {
  readonly code = "missing-credentials";
  readonly problems: readonly string[];

  constructor(service: string, problems: readonly string[], next: string) {
    super(service, `${service} cannot be called: ${problems.join("; ")}. ${next}`);
    this.problems = problems;
  }
}

/** A call that failed. The message says what happened, to which object, and what to do next. */
export abstract class CallError extends ApiError {
  readonly status: number | undefined;
  readonly correlationId: string | undefined;

  constructor(failure: Failure, happened: string, next: string) {
    const call = `${failure.service} ${failure.method} ${failure.route}`;
    const answer = answerOf(failure);
    super(
      failure.service,
      `${failure.object}: ${happened}. ${next} (${call}${answer === "" ? "" : `: ${answer}`})`,
    );
    this.status = failure.status;
    this.correlationId = word(failure.correlationId);
  }
}

/** Nothing was changed: the service could not be reached, or did not answer a call that only reads. */
export class UnreachableError extends CallError {
  readonly code = "unreachable";

  constructor(failure: Failure, reason: string) {
    super(
      failure,
      `the service cannot be reached: ${reason}`,
      "Check the network, the proxy settings and the region or base URL, then run it again.",
    );
  }
}

/** The call may or may not have taken effect: look the object up before trying again. */
export class AmbiguousOutcomeError extends CallError {
  readonly code = "ambiguous-outcome";

  constructor(failure: Failure, reason: string) {
    super(
      failure,
      `it is unknown whether the call took effect: ${reason}`,
      "Look the object up before trying again.",
    );
  }
}

/** The service asks for a longer pause than a call may wait. Nothing was changed. */
export class RateLimitedError extends CallError {
  readonly code = "rate-limited";
  /** The earliest time at which a call may succeed. */
  readonly retryAt: Date;

  constructor(failure: Failure, retryAt: Date) {
    super(
      failure,
      "the rate limit is exceeded, nothing was changed",
      `Run it again after ${retryAt.toISOString()}, or with fewer calls at once.`,
    );
    this.retryAt = retryAt;
  }
}

export class NotFoundError extends CallError {
  readonly code = "not-found";

  constructor(
    failure: Failure,
    next = "Check the id and the organisation; an object deleted by hand is repaired by a refresh.",
  ) {
    super(failure, "does not exist", next);
  }
}

/** There is more of it than the caller takes, or the service hands out. */
export class TooLargeError extends CallError {
  readonly code = "too-large";

  /** `mostBytes`: what the caller takes; undefined where it was the service that refused. */
  constructor(failure: Failure, mostBytes?: number) {
    const limit = mostBytes === undefined ? "the service hands out" : `the ${mostBytes} bytes that are read`;
    super(failure, `is larger than ${limit}`, "Look at it by hand.");
  }
}

/** An object with this name, address or id exists, perhaps deleted but still taken. */
export class ConflictError extends CallError {
  readonly code = "conflict";

  constructor(failure: Failure) {
    super(
      failure,
      "conflicts with an existing object",
      "Take over the existing object, or choose another name.",
    );
  }
}

/** The object has changed since its version was read: read it again, then repeat the change. */
export class VersionConflictError extends CallError {
  readonly code = "version-conflict";

  constructor(failure: Failure) {
    super(
      failure,
      "was changed by someone else meanwhile",
      "Refresh, review the difference, and run it again.",
    );
  }
}

/** The request's content is refused; repeating it cannot help. */
export class InvalidRequestError extends CallError {
  readonly code = "invalid-request";

  constructor(failure: Failure) {
    super(
      failure,
      "the service refuses the request",
      "Correct the configuration of this object as the message says.",
    );
  }
}

/** The caller's own identity may not do this. */
export class MissingPermissionError extends CallError {
  readonly code = "missing-permission";
  /** The permissions as the service names them; empty where it names none. */
  readonly permissions: readonly string[];

  constructor(failure: Failure, permissions: readonly string[], next: string) {
    const happened =
      permissions.length === 0
        ? "the credentials in use may not do this"
        : `the credentials in use lack the permission ${permissions.join(", ")}`;
    super(failure, happened, next);
    this.permissions = permissions;
  }
}

/** The service does not accept the credentials. */
export class InvalidCredentialsError extends CallError {
  readonly code = "invalid-credentials";

  constructor(failure: Failure, next: string) {
    super(failure, "the service does not accept the credentials", next);
  }
}

/** The service failed in a way that no other error names. */
export class PlatformError extends CallError {
  readonly code = "platform-error";

  constructor(failure: Failure) {
    super(
      failure,
      "the service gave an unexpected answer",
      "Try again later; if it stays, report it to the service's support with the correlation id.",
    );
  }
}
