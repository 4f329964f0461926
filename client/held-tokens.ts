import type { Clock } from "./clock.ts";
import { InvalidClientError, TokenRateLimitedError } from "./errors.ts";
import type { Grant } from "./login.ts";
import { isSameCredential } from "./provider.ts";
import type { Credential } from "./source.ts";

/** A granted token, and whose it is. */
export interface HeldToken {
  credential: Credential;
  value: string;
  /** Milliseconds since 1970, as `renewAt`. */
  expiresAt: number;
  renewAt: number;
}

/** One token for each credential, of replaced credentials too, until it ends or is dropped. */
export interface HeldTokens {
  /** The tokens that have not ended, the youngest first. */
  living(): readonly HeldToken[];
  find(credential: Credential): HeldToken | undefined;
  drop(value: string): void;
  /** The token of a credential, asked for where there is none or it is about to end. */
  of(credential: Credential): Promise<HeldToken>;
  /** The request under way for this credential, if there is one. */
  pending(credential: Credential): Promise<HeldToken> | undefined;
  /** Asks for a token, or joins the request under way. */
  renew(credential: Credential): Promise<HeldToken>;
}

/** Renewed this long before its end, or a fifth of a shorter lifetime, so that no call starts with a dying token. */
const marginMilliseconds = 60_000;

/** How long a failure answers for the endpoint. */
const quietMilliseconds = 5_000;
const longestQuietMilliseconds = 60_000;

export const holdTokens = (request: (credential: Credential) => Promise<Grant>, clock: Clock): HeldTokens => {
  const now = () => clock.now();
  let tokens: HeldToken[] = [];
  let flight: { credential: Credential; promise: Promise<HeldToken> } | undefined;
  let failure: { credential: Credential; error: unknown; at: number; quiet: number } | undefined;

  const living = (): HeldToken[] => {
    tokens = tokens.filter(({ expiresAt }) => now() < expiresAt);
    return tokens;
  };

  const find = (credential: Credential): HeldToken | undefined =>
    living().find((token) => isSameCredential(token.credential, credential));

  const pending = (credential: Credential): Promise<HeldToken> | undefined =>
    flight && isSameCredential(flight.credential, credential) ? flight.promise : undefined;

  const drop = (value: string): void => {
    tokens = tokens.filter((token) => token.value !== value);
  };

  /** With nothing else to offer, an endpoint that may be back is asked again at once. */
  const quietAfter = (error: unknown): number => {
    if (error instanceof TokenRateLimitedError) {
      return Math.min(error.retryAfterSeconds * 1000, longestQuietMilliseconds);
    }
    return error instanceof InvalidClientError || living().length ? quietMilliseconds : 0;
  };

  const obtain = async (credential: Credential): Promise<HeldToken> => {
    const askedAt = now();
    try {
      const { value, expiresInSeconds } = await request(credential);
      const lifetime = expiresInSeconds * 1000;
      const expiresAt = askedAt + lifetime;
      const renewAt = expiresAt - Math.min(marginMilliseconds, lifetime / 5);
      const before = find(credential);
      if (before) drop(before.value);
      const token = { credential, value, expiresAt, renewAt };
      tokens = [token, ...tokens];
      return token;
    } catch (error) {
      failure = { credential, error, at: now(), quiet: quietAfter(error) };
      throw error;
    }
  };

  const renew = async (credential: Credential): Promise<HeldToken> => {
    const joined = pending(credential);
    if (joined) return joined;
    const isRecent = failure && Math.abs(now() - failure.at) < failure.quiet;
    if (failure && isRecent && isSameCredential(failure.credential, credential)) throw failure.error;
    const promise = obtain(credential).finally(() => {
      if (flight?.promise === promise) flight = undefined;
    });
    flight = { credential, promise };
    return promise;
  };

  const of = async (credential: Credential): Promise<HeldToken> => {
    const token = find(credential);
    return token && now() < token.renewAt ? token : renew(credential);
  };

  return { living, find, drop, of, pending, renew };
};
