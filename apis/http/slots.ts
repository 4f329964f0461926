/**
 * Bounds how many pieces of work are under way at once; the others wait in the order in which they came. A library for
 * this is as large as the rest of the HTTP client, in bundles that must be small.
 */
export const createSlots = (count: number): (<T>(work: () => Promise<T>) => Promise<T>) => {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The slot goes to whoever waits for longest, and is never free in between.
      if (next === undefined) free += 1;
      else next();
    }
  };
};
