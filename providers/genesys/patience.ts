import { setTimeout as pause } from "node:timers/promises";

export type Sleep = (milliseconds: number) => Promise<unknown>;

/** Repeats a look at the platform, which shows a change only after a while. */
export interface Patience {
  /**
   * The first look that is not undefined, or undefined when none of them found anything. `waitsMilliseconds` are
   * the pauses between the looks. Default: six looks in 15.5 seconds.
   */
  until<T>(look: () => Promise<T | undefined>, waitsMilliseconds?: readonly number[]): Promise<T | undefined>;
}

const shortWaitsMilliseconds = [500, 1000, 2000, 4000, 8000];

/** Five minutes: as long as a change of permissions may take to count. */
export const permissionWaitsMilliseconds = [2000, 4000, 8000, 16_000, ...Array(9).fill(30_000)];

export const createPatience = (sleep: Sleep = pause): Patience => ({
  until: async (look, waitsMilliseconds = shortWaitsMilliseconds) => {
    for (const wait of waitsMilliseconds) {
      const found = await look();
      if (found !== undefined) return found;
      await sleep(wait);
    }
    return look();
  },
});
