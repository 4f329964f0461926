import { CallError, type Failure } from "../http/errors.ts";

/** The resource exists, but its state does not allow the operation: it is being deleted, or rotated. */
export class WrongStateError extends CallError {
  readonly code = "wrong-state";

  constructor(failure: Failure) {
    super(
      failure,
      "is in a state that does not allow this",
      "Look at the resource: a secret may be scheduled for deletion, or its key be disabled.",
    );
  }
}

/** The item is not as the caller had it: somebody else has written meanwhile. Nothing was changed. */
export class ConditionFailedError extends CallError {
  readonly code = "condition-failed";

  constructor(failure: Failure) {
    super(failure, "is not as the write expects it", "Read it again before the next attempt.");
  }
}
