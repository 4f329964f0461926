import { PortError } from "../../../functions/ports.ts";
import { AwsError } from "../error.ts";
import { type CallContext, compilePolicies, type Decide, type PolicyDocument } from "../iam/policy.ts";

/** One call of a port. */
export interface PortCall {
  port:
    | "secrets"
    | "trigger"
    | "ledger"
    | "scheduler"
    | "emergencies"
    | "heldSecrets"
    | "deliveries"
    | "leaks"
    | "reports"
    | "cases";
  operation: string;
  /** Of which secret, key, schedule or group. */
  target: string;
  /** Counts the calls of this caller from 0. */
  number: number;
}

/**
 * What a test does to the calls of a caller: throw a `PortError` (or anything else, as a crash would) before the
 * call has any effect, or after it took effect.
 */
export interface PortHooks {
  before?(call: PortCall): Promise<void> | void;
  after?(call: PortCall): Promise<void> | void;
}

export type CallerPolicy = "unrestricted" | PolicyDocument | readonly PolicyDocument[];

const policiesOf = (policy: PolicyDocument | readonly PolicyDocument[]): readonly PolicyDocument[] =>
  Array.isArray(policy) ? (policy as readonly PolicyDocument[]) : [policy as PolicyDocument];

/** The codes that adapters give to AWS's errors. */
export const portError = (error: unknown): unknown => {
  if (!(error instanceof AwsError)) return error;
  const code = codes[error.name] ?? (error.status >= 500 ? "ambiguous" : "invalid");
  return new PortError(code, error.message, { cause: error });
};

const codes: Readonly<Record<string, PortError["code"]>> = {
  ResourceNotFoundException: "not-found",
  QueueDoesNotExist: "not-found",
  InvalidRequestException: "conflict",
  ResourceExistsException: "already-exists",
  ConflictException: "conflict",
  AccessDeniedException: "denied",
  LimitExceededException: "unavailable",
  ThrottlingException: "unavailable",
};

/** Somebody with certain rights who calls AWS, under the eyes of a test. */
export class Caller {
  /** Every action that a call has needed so far. */
  readonly exercised = new Set<string>();
  readonly #decide: Decide;
  readonly #hooks: readonly PortHooks[];
  #number = 0;

  constructor(policy: CallerPolicy, hooks: readonly PortHooks[]) {
    this.#decide = policy === "unrestricted" ? () => true : compilePolicies(policiesOf(policy));
    this.#hooks = hooks;
  }

  /** Asks IAM. */
  may(action: string, resource: string, context?: CallContext): boolean {
    this.exercised.add(action);
    return this.#decide(action, resource, context);
  }

  /** Asks IAM. @throws AwsError AccessDeniedException */
  needs(action: string, resource: string, context?: CallContext): void {
    if (!this.may(action, resource, context))
      throw new AwsError(
        "AccessDeniedException",
        `User is not authorized to perform: ${action} on resource: ${resource}`,
      );
  }

  async call<T>(port: PortCall["port"], operation: string, target: string, run: () => T): Promise<T> {
    const call: PortCall = { port, operation, target, number: this.#number++ };
    for (const hooks of this.#hooks) {
      // Waiting for nothing costs a turn, and there are millions of calls.
      const waiting = hooks.before?.(call);
      if (waiting !== undefined) await waiting;
    }
    let result: T;
    try {
      result = run();
    } catch (error) {
      throw portError(error);
    }
    for (const hooks of this.#hooks) {
      const waiting = hooks.after?.(call);
      if (waiting !== undefined) await waiting;
    }
    return result;
  }
}
