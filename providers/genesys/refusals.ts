import { ProviderError } from "./errors.ts";

/** What the platform's objects of one kind show of themselves. */
interface Shown {
  id?: string;
  name?: string;
}

/** An object with the declared name or address exists, and is not what is declared. */
export class ExistsDifferentlyError extends ProviderError {
  readonly code = "exists-differently";

  constructor(object: string, id: string | undefined, differing: readonly string[], way: string) {
    super(
      `${object} exists already and differs from the declared one in ${differing.join(", ")}. If it is to become the trap, set adoptId: "${id}"; else ${way}.`,
    );
  }
}

/** A bait that is more than bait. */
export class NoTrapError extends ProviderError {
  readonly code = "no-trap";

  constructor(object: string, found: readonly string[]) {
    super(
      `${object} has ${found.join(", ")}: whoever works with it would set off the alarm. Take that away in the platform's administration, or declare another trap.`,
    );
  }
}

/** The platform moves an object between divisions by a call of its own, which needs rights that we do not ask for. */
export class WrongDivisionError extends ProviderError {
  readonly code = "wrong-division";

  constructor(object: string, actual: Shown | undefined, declaredId: string) {
    super(
      `${object} is in the division ${actual?.name ?? actual?.id}, not in the declared one (${declaredId}). Move it in the platform's administration, or declare the division that it is in.`,
    );
  }
}

/** Somebody else changes an object whenever we do. */
export class UnsettledError extends ProviderError {
  readonly code = "unsettled";

  constructor(object: string, attempts: number) {
    super(
      `${object} is not as declared after ${attempts} attempts: somebody else keeps changing it. Find out who, and run it again.`,
    );
  }
}

/** The object of a resource has been deleted on the platform. */
export class GoneError extends ProviderError {
  readonly code = "gone";

  constructor(object: string) {
    super(`${object} is gone. Run pulumi refresh; then the next deployment makes it again.`);
  }
}

/** The platform does not delete what is in use. */
export class InUseError extends ProviderError {
  readonly code = "in-use";

  constructor(object: string, cause: Error) {
    super(
      `${object} is kept: the platform says that it is in use, so it is no longer a trap. Find out who uses it, delete it in the platform's administration, and run pulumi refresh. ${cause.message}`,
      cause,
    );
  }
}
