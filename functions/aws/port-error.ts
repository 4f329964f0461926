import { ConditionFailedError, WrongStateError } from "../../apis/aws/errors.ts";
import { LeaseLostError, LedgerRecordError } from "../../apis/aws/ledger.ts";
import {
  AmbiguousOutcomeError,
  ApiError,
  ConflictError,
  InvalidCredentialsError,
  MissingPermissionError,
  NotFoundError,
  PlatformError,
  RateLimitedError,
  UnreachableError,
} from "../../apis/http/errors.ts";
import { PortError, type PortErrorCode } from "../ports.ts";

/** What a caller of a port can do about each error; what is left is a request that no attempt will make right. */
const codes: readonly [PortErrorCode, readonly (abstract new (...parameters: never) => Error)[]][] = [
  ["not-found", [NotFoundError]],
  ["conflict", [WrongStateError]],
  ["already-exists", [ConflictError]],
  ["lease-lost", [LeaseLostError, ConditionFailedError]],
  ["denied", [MissingPermissionError, InvalidCredentialsError]],
  ["ambiguous", [AmbiguousOutcomeError]],
  ["unavailable", [UnreachableError, RateLimitedError, PlatformError]],
  ["invalid", [LedgerRecordError, ApiError]],
];

/** The port's error for one of the clients'; anything else is a mistake of ours and stays as it is. */
export const toPortError = (error: unknown): unknown => {
  const code = codes.find(([, classes]) => classes.some((each) => error instanceof each))?.[0];
  return code === undefined ? error : new PortError(code, (error as Error).message, { cause: error });
};

/** Runs a call of an adapter with its errors as the port has them. */
export const asPort = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (error) {
    throw toPortError(error);
  }
};
