import type { Answer, Effect } from "./call.ts";

/** How one attempt ended, where it did not end with an answer to hand on. */
export type Setback =
  /** A rate limit: the call had no effect. */
  | { kind: "limited"; answer: Answer; waitMilliseconds: number | undefined }
  /** A failure of the service after it had the call. */
  | { kind: "failed"; answer: Answer; waitMilliseconds: number | undefined }
  /** Nothing was sent. */
  | { kind: "unreachable"; reason: string }
  /** The call was or may have been sent, and no usable answer came. */
  | { kind: "unanswered"; reason: string };

export interface RetryPolicy {
  /** Attempts that may meet a failure or no answer. */
  attempts: number;
  /** Attempts that may meet a rate limit: its window can outlast many short pauses. */
  limitedAttempts: number;
  /** A longer pause than this is not waited for: the caller is told when to come back. */
  longestWaitMilliseconds: number;
  /** From the first attempt to the start of the last. */
  totalMilliseconds: number;
}

/**
 * Three minutes is also where the vendor's Go SDK gives up on `Retry-After`; ten minutes see out several
 * one-minute windows of the rate limit.
 */
export const defaultRetryPolicy: RetryPolicy = {
  attempts: 5,
  limitedAttempts: 10,
  longestWaitMilliseconds: 180_000,
  totalMilliseconds: 600_000,
};

const backoff = {
  limited: { first: 1_000, longest: 60_000 },
  other: { first: 500, longest: 20_000 },
};

/** Spread over a second, so that calls told to come back at the same moment do not. */
const spreadMilliseconds = 1_000;

export interface Progress {
  /** Setbacks so far by rate limits, this one included. */
  limited: number;
  /** Setbacks so far by anything else, this one included. */
  others: number;
  elapsedMilliseconds: number;
}

const mayRepeat = (setback: Setback, effect: Effect): boolean =>
  setback.kind === "limited" || setback.kind === "unreachable" || effect !== "once";

/** The pause before the next attempt, or undefined to give up. `random` is in [0, 1). */
export const pauseBeforeRetry = (
  setback: Setback,
  effect: Effect,
  { limited, others, elapsedMilliseconds }: Progress,
  policy: RetryPolicy,
  random: number,
): number | undefined => {
  if (!mayRepeat(setback, effect)) return undefined;
  if (limited >= policy.limitedAttempts || others >= policy.attempts) return undefined;

  const asked = "waitMilliseconds" in setback ? setback.waitMilliseconds : undefined;
  if (asked !== undefined && asked > policy.longestWaitMilliseconds) return undefined;

  const isLimit = setback.kind === "limited";
  const { first, longest } = isLimit ? backoff.limited : backoff.other;
  const exponential = Math.min(longest, first * 2 ** ((isLimit ? limited : others) - 1));
  // Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
  const pause = asked === undefined ? random * exponential : asked + random * spreadMilliseconds;
  return elapsedMilliseconds + pause > policy.totalMilliseconds ? undefined : pause;
};
