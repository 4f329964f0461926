/** Stable codes of what keeps a rotation from going on. */
export type RotatorErrorCode =
  /** The event is none that the function is called with. */
  | "bad-event"
  /** The secret is not of this stack, or no longer. */
  | "unknown-credential"
  /** Secrets Manager's guards: see the message. */
  | "secret-deleted"
  | "rotation-disabled"
  | "unknown-version"
  | "not-pending"
  /** Somebody else changes the credential at this moment; a later attempt may succeed. */
  | "busy"
  /** The declared strategy cannot be had. */
  | "strategy"
  /** One more client would not fit. */
  | "quota"
  /** It is unknown whether a client was made; a later attempt finds out. */
  | "create-unconfirmed"
  /** What the pending version holds cannot become current; it was given up, and the next rotation begins anew. */
  | "pending-abandoned"
  /** The pending version has no value yet. */
  | "nothing-pending"
  /** The new credential does not work yet, or not at all. */
  | "not-working"
  /** The platform refuses the credential that the function calls it with. */
  | "login-refused"
  /** The stack's declarations cannot be used. */
  | "bad-declarations";

/** What went wrong, with what, and what happens or is to be done next. Nothing in it is secret. */
export class RotatorError extends Error {
  readonly code: RotatorErrorCode;

  constructor(code: RotatorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "RotatorError";
    this.code = code;
  }
}
