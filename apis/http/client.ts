import { setTimeout as sleepFor } from "node:timers/promises";
import { type Answer, type Call, effectOf } from "./call.ts";
import type { Connect } from "./connection.ts";
import {
  AmbiguousOutcomeError,
  type ApiError,
  type Failure,
  RateLimitedError,
  TooLargeError,
  UnreachableError,
} from "./errors.ts";
import { redact, secretsIn, secretsInAuthorization } from "./redact.ts";
import { defaultRetryPolicy, pauseBeforeRetry, type RetryPolicy, type Setback } from "./retry.ts";
import { retryAfter } from "./retry-after.ts";
import { createSlots } from "./slots.ts";

/** What a service says in its own way. Every answer given to it is free of the call's secrets. */
export interface Dialect {
  /** `Genesys Cloud` or `GitHub`. */
  name: string;
  /** What an error body and its headers say. */
  explain(answer: Answer): Pick<Failure, "platformCode" | "platformMessage" | "correlationId">;
  /** Whether the answer is a rate limit, beyond HTTP 429, and how long to wait where `Retry-After` does not say. */
  limit?(answer: Answer, now: number): { waitMilliseconds?: number } | undefined;
  /** The error for an answer that is neither a success nor worth a retry. */
  toError(failure: Failure, answer: Answer): ApiError;
}

/** Everything that a test wants to hold in its hand; the defaults are for production. */
export interface Transport {
  /** How attempts reach the service. */
  connect?: Connect;
  /** Limit of one attempt. Default 30,000. */
  timeoutMilliseconds?: number;
  /**
   * Calls in flight at once. Default 8: at the platform's usual answer times that is already more than the 300
   * calls a minute which a token may make; more would only meet the limit sooner.
   */
  concurrency?: number;
  retry?: Partial<RetryPolicy>;
  /** In [0, 1). Default `Math.random`. */
  random?: () => number;
  sleep?: (milliseconds: number) => Promise<unknown>;
  /** Milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
}

/** A transport that knows its connection: nothing here chooses one, so that a bundle holds only the one it uses. */
export type ConnectedTransport = Transport & Required<Pick<Transport, "connect">>;

export interface HttpClient {
  /** The answer, with a status below 300. Throws an `ApiError` for everything else. */
  send(call: Call): Promise<Answer>;
}

/** How an attempt ended: with an answer to hand on, an answer that is an error, or a setback. */
type Ending =
  | { kind: "success"; answer: Answer }
  | { kind: "refusal"; answer: Answer }
  | { kind: "tooLarge" }
  | Setback;

/** A client of one service: a time limit on every call, bounded concurrency, bounded retries, typed errors. */
export const createHttpClient = (
  dialect: Dialect,
  baseUrl: string,
  { connect, concurrency = 8, timeoutMilliseconds = 30_000, ...transport }: ConnectedTransport,
): HttpClient => {
  const { random = Math.random, sleep = sleepFor, now = Date.now } = transport;
  const policy = { ...defaultRetryPolicy, ...transport.retry };
  const attempt = connect({ baseUrl, timeoutMilliseconds, connections: concurrency });
  const slots = createSlots(concurrency);

  const judge = (answer: Answer): Ending => {
    if (answer.status < 300) return { kind: "success", answer };
    const asked = retryAfter(answer.headers["retry-after"], now());
    const limit = dialect.limit?.(answer, now()) ?? (answer.status === 429 ? {} : undefined);
    if (limit !== undefined) {
      return { kind: "limited", answer, waitMilliseconds: asked ?? limit.waitMilliseconds };
    }
    const failed = answer.status >= 500 || answer.status === 408;
    return failed ? { kind: "failed", answer, waitMilliseconds: asked } : { kind: "refusal", answer };
  };

  const once = async (call: Call): Promise<Ending> => {
    const headers = await call.headers?.();
    const reply = await attempt(call, headers);
    if (reply.kind !== "answer") return reply;
    if (reply.answer.status < 300) return judge(reply.answer);
    const secrets = [
      ...secretsIn(call.body),
      ...secretsIn(call.form),
      ...secretsInAuthorization(headers?.authorization),
    ];
    return judge(redact(reply.answer, secrets));
  };

  const failureOf = (call: Call, answer?: Answer): Failure => ({
    service: dialect.name,
    object: call.object,
    method: call.method,
    route: call.route,
    ...(answer === undefined ? {} : { status: answer.status, ...dialect.explain(answer) }),
  });

  const givingUp = (call: Call, setback: Setback, uncertain: boolean): ApiError => {
    const answer = "answer" in setback ? setback.answer : undefined;
    const failure = failureOf(call, answer);
    const reason = "reason" in setback ? setback.reason : `HTTP ${setback.answer.status}`;
    if (uncertain) return new AmbiguousOutcomeError(failure, reason);
    if (setback.kind === "limited") {
      return new RateLimitedError(failure, new Date(now() + (setback.waitMilliseconds ?? 60_000)));
    }
    return setback.kind === "failed"
      ? dialect.toError(failure, setback.answer)
      : new UnreachableError(failure, reason);
  };

  const persist = async (call: Call): Promise<Answer> => {
    const effect = effectOf(call);
    const started = now();
    let limited = 0;
    let others = 0;
    // An earlier attempt may have taken effect, whatever the last one says.
    let uncertain = false;
    for (;;) {
      const ending = await once(call);
      if (ending.kind === "success") return ending.answer;
      if (ending.kind === "tooLarge") throw new TooLargeError(failureOf(call), call.mostBytes);
      if (ending.kind === "refusal") throw dialect.toError(failureOf(call, ending.answer), ending.answer);
      if (ending.kind === "limited") limited += 1;
      else others += 1;
      uncertain ||= effect !== "none" && (ending.kind === "failed" || ending.kind === "unanswered");
      const progress = { limited, others, elapsedMilliseconds: now() - started };
      const pause = pauseBeforeRetry(ending, effect, progress, policy, random());
      if (pause === undefined) throw givingUp(call, ending, uncertain);
      await sleep(pause);
    }
  };

  // A call that waits keeps its slot: while the service asks for a pause, starting other calls helps nobody.
  return { send: (call) => slots(() => persist(call)) };
};
