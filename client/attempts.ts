import type { Clock } from "./clock.ts";

const attempts = 3;
const firstPauseMilliseconds = 200;

/** An attempt that failed for a reason that may have passed at the next one. */
export interface Setback {
  error: Error;
  /** How long the other side asks to wait. */
  waitMilliseconds?: number | undefined;
}

/**
 * Up to three attempts, with pauses that grow and are left to chance in part. A pause that is asked for and longer than
 * five seconds is not waited for.
 */
export const attempting = async <T>(
  clock: Clock,
  random: () => number,
  attempt: () => Promise<{ value: T } | Setback>,
): Promise<T> => {
  for (let count = 1; ; count += 1) {
    const result = await attempt();
    if ("value" in result) return result.value;
    const asked = result.waitMilliseconds ?? 0;
    if (count === attempts || asked > 5_000) throw result.error;
    await clock.sleep(asked + random() * firstPauseMilliseconds * 2 ** count);
  }
};
