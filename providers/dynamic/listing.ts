/**
 * A listing that all who ask share: one call is under way at most, and its answer serves everyone until it is
 * dropped. A failed call serves nobody after those who waited for it.
 */
export interface Listing<T> {
  get(): Promise<readonly T[]>;
  /** The next `get` asks the platform again. */
  drop(): void;
}

export const createListing = <T>(list: () => Promise<T[]>): Listing<T> => {
  let current: Promise<readonly T[]> | undefined;
  return {
    get: () => {
      if (current === undefined) {
        const call = list();
        current = call;
        call.catch(() => {
          if (current === call) current = undefined;
        });
      }
      return current;
    },
    drop: () => {
      current = undefined;
    },
  };
};
