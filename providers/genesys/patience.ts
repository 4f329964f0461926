import { setTimeout as pause } from "node:timers/promises";

export type Sleep = (milliseconds: number) => Promise<unknown>;

/** Repeats a look at the platform, which shows a change only after a while. */
export interface Patience {
  /** The first look that is not undefined, or undefined when none of them found anything. */
  until<T>(look: () => Promise<T | undefined>): Promise<T | undefined>;
}

/** Waits between looks: six looks in 15.5 seconds. */
const waitsMilliseconds = [500, 1000, 2000, 4000, 8000];

export const createPatience = (sleep: Sleep = pause): Patience => ({
  until: async (look) => {
    for (const wait of waitsMilliseconds) {
      const found = await look();
      if (found !== undefined) return found;
      await sleep(wait);
    }
    return look();
  },
});
