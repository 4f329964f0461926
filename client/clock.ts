/** Time, as a test may want to hold it in its hand. */
export interface Clock {
  /** Milliseconds since 1970. Only differences count: a clock that is wrong by minutes does no harm. */
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
