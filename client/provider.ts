import { type Clock, systemClock } from "./clock.ts";
import { InvalidOptionError } from "./errors.ts";
import { lookAgainAt } from "./freshness.ts";
import type { Credential, CredentialSource } from "./source.ts";

export interface CredentialProviderOptions {
  source: CredentialSource;
  /**
   * The greatest age of a credential that is given out, from 0 to 900; default 900. The rotation keeps a replaced
   * client alive for the `secretCacheSeconds` that its stack declares (900 by default): never more than that.
   */
  maxAgeSeconds?: number;
  clock?: Clock;
  /** In [0, 1). Default `Math.random`. */
  random?: () => number;
  /** Told of a failure of the source that callers do not notice, because a credential is still good. */
  onProblem?: (error: unknown) => void;
}

export interface CredentialProvider {
  /** The credential. One fetch is under way at most, however many ask. @throws whatever the source throws */
  get(): Promise<Credential>;
  /**
   * The platform refused this credential, or a token of it: asks the source at once, unless another credential is
   * known by now or the source was asked for this reason, in vain, within the last five seconds.
   */
  refetch(refused: Credential): Promise<Credential>;
}

/** A credential that is always refused does not make every call ask the source. */
const quietMilliseconds = 5_000;

const longestAgeSeconds = 900;

export const isSameCredential = (a: Credential, b: Credential): boolean =>
  a.clientId === b.clientId && a.clientSecret === b.clientSecret;

/**
 * Keeps the credential of a source for as long as it is sure to be good: `maxAgeSeconds` at most, never past the next
 * rotation without having looked again. A source that fails is not noticed before the credential has that age; then
 * its error is thrown.
 */
export const credentialProvider = ({
  source,
  maxAgeSeconds = longestAgeSeconds,
  clock = systemClock,
  random = Math.random,
  onProblem = () => undefined,
}: CredentialProviderOptions): CredentialProvider => {
  if (!(maxAgeSeconds >= 0 && maxAgeSeconds <= longestAgeSeconds)) {
    throw new InvalidOptionError(
      `maxAgeSeconds is ${maxAgeSeconds}; it can be from 0 to ${longestAgeSeconds}.`,
    );
  }
  const maxAge = maxAgeSeconds * 1000;
  let held: { credential: Credential; fetchedAt: number; lookAt: number } | undefined;
  let flight: Promise<Credential> | undefined;
  let isForced = false;
  /** When a refused credential was last looked up, and was the source's still. */
  let vainAt = Number.NaN;

  const load = async (): Promise<Credential> => {
    // It may be replaced while it is on its way.
    const fetchedAt = clock.now();
    const credential = await source.fetch();
    const lookAt = lookAgainAt(fetchedAt, credential.nextRotationAt, maxAge, random());
    held = { credential, fetchedAt, lookAt };
    return credential;
  };

  /** Joins the fetch under way or starts one; while the held credential is good, a failure is none. */
  const look = async (forced = false): Promise<Credential> => {
    if (!flight) {
      isForced = forced;
      flight = load().finally(() => {
        flight = undefined;
      });
    }
    try {
      return await flight;
    } catch (error) {
      const now = clock.now();
      // A clock that was set back has lost the age.
      if (!held || now < held.fetchedAt || now >= held.fetchedAt + maxAge) throw error;
      held.lookAt = Math.min(now + quietMilliseconds, held.fetchedAt + maxAge);
      onProblem(error);
      return held.credential;
    }
  };

  const get = async (): Promise<Credential> => {
    const now = clock.now();
    return held && held.fetchedAt <= now && now < held.lookAt ? held.credential : look();
  };

  return {
    get,
    refetch: async (refused) => {
      // What is under way may have been read before the refusal.
      if (flight && !isForced) await flight.catch(() => undefined);
      if (held && !isSameCredential(held.credential, refused)) return get();
      if (!flight && Math.abs(clock.now() - vainAt) < quietMilliseconds) return get();
      const found = await look(true);
      // Another credential is progress: the next refusal may ask again.
      if (isSameCredential(found, refused)) vainAt = clock.now();
      return found;
    },
  };
};
