import { NotFoundError } from "../../apis/genesys/errors.ts";
import type { Clock } from "../ports.ts";

/** Pauses between looks at the platform, which shows a change only after a while: six looks in 15.5 seconds. */
const shortWaitsMilliseconds = [500, 1_000, 2_000, 4_000, 8_000];

/** The first look that is not undefined, or undefined when none of them found anything. */
export const until = async <T>(
  clock: Clock,
  look: () => Promise<T | undefined>,
  waitsMilliseconds: readonly number[] = shortWaitsMilliseconds,
): Promise<T | undefined> => {
  for (const wait of waitsMilliseconds) {
    const found = await look();
    if (found !== undefined) return found;
    await clock.sleep(wait);
  }
  return look();
};

/** What the platform has, or undefined when it has nothing of that id. */
export const ifFound = async <T>(look: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await look();
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
};
