/** A mistake of the user's or of their surroundings: printed without a stack, exit code 1. */
export class GuardError extends Error {
  /** Stable, such as `unknown-stack`. */
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "GuardError";
    this.code = code;
  }
}
