export interface Token {
  value: string;
  expiresInSeconds: number;
}

/** One access token for all calls of a process. */
export interface SharedToken {
  /** The token; one request for it is under way at most, however many ask. */
  get(): Promise<string>;
  /** The platform refuses this token: the next `get` asks for another. A token obtained since is kept. */
  discard(refused: string): void;
}

/** Renewed this long before its end, or a fifth of a shorter lifetime, so that no call starts with a dying token. */
const marginSeconds = 60;

export const createSharedToken = (request: () => Promise<Token>, now: () => number): SharedToken => {
  let held: { value: string; renewAt: number } | undefined;
  let pending: Promise<string> | undefined;

  const renew = async (): Promise<string> => {
    const askedAt = now();
    const { value, expiresInSeconds } = await request();
    const margin = Math.min(marginSeconds, expiresInSeconds / 5);
    held = { value, renewAt: askedAt + (expiresInSeconds - margin) * 1000 };
    return value;
  };

  return {
    get: async () => {
      if (held !== undefined && now() < held.renewAt) return held.value;
      pending ??= renew().finally(() => {
        pending = undefined;
      });
      return pending;
    },
    discard: (refused) => {
      if (held?.value === refused) held = undefined;
    },
  };
};
