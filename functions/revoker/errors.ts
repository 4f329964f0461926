/** Stable codes of what keeps a leak from being answered now; the message comes again. */
export type RevokerErrorCode =
  /** The event or message is none that the function is called with. */
  | "bad-event"
  /** The deployed declarations or a secret of the functions' own cannot be used. */
  | "bad-declarations"
  /** Another function works on the same case, leak or credential at this moment. */
  | "busy"
  /** A secret was reset in place, and the store cannot be read: whether it has the new one is not known. */
  | "store-unread";

/** What went wrong, with what, and what happens next. Nothing in it is secret. */
export class RevokerError extends Error {
  readonly code: RevokerErrorCode;

  constructor(code: RevokerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "RevokerError";
    this.code = code;
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
