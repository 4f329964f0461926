import { type Clock, systemClock } from "./clock.ts";
import { InvalidClientError } from "./errors.ts";
import { type HeldToken, holdTokens } from "./held-tokens.ts";
import { checkHosts, type HostOptions, hostOf } from "./hosts.ts";
import { login } from "./login.ts";
import { type CredentialProvider, isSameCredential } from "./provider.ts";
import type { Credential } from "./source.ts";

export interface AccessToken {
  readonly value: string;
  /** Where it is good, such as `https://api.mypurecloud.de`. */
  readonly apiUrl: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface AccessTokensOptions extends HostOptions {
  provider: CredentialProvider;
  /** Default: the global one. */
  fetch?: typeof globalThis.fetch;
  clock?: Clock;
  /** In [0, 1). Default `Math.random`. */
  random?: () => number;
  /** Told of a failure that callers do not notice, because a token is still good. */
  onProblem?: (error: unknown) => void;
}

export interface AccessTokens {
  /**
   * A token of the current credential, renewed before its end; one request is under way at most, however many ask. A
   * credential that the platform does not know is looked up anew, once. Where no token can be had, one that was granted
   * before is good until it ends or is refused.
   *
   * @throws CredentialError
   */
  get(): Promise<AccessToken>;
  /**
   * Another token than this one, which the platform refused, after another look at the credential. Undefined where a
   * new one was granted for this reason within the last five seconds: it would be refused too.
   *
   * @throws CredentialError
   */
  replace(refused: AccessToken): Promise<AccessToken | undefined>;
}

/** A credential whose every token is refused does not make every call ask for another. */
const quietMilliseconds = 5_000;

/** Tokens of a provider's credentials. */
export const accessTokens = ({
  provider,
  fetch = globalThis.fetch,
  clock = systemClock,
  random = Math.random,
  onProblem = () => undefined,
  ...hosts
}: AccessTokensOptions): AccessTokens => {
  checkHosts(hosts);
  const held = holdTokens(
    (credential) => login(credential, hostOf("login", credential.region, hosts), fetch, clock, random),
    clock,
  );
  /** What was given out; a caller has no use for the credential of a token. */
  const origins = new WeakMap<AccessToken, Credential>();
  let replaced: { credential: Credential; at: number } | undefined;

  const giveOut = ({ credential, value, expiresAt }: HeldToken): AccessToken => {
    const token = { value, apiUrl: hostOf("api", credential.region, hosts), expiresAt };
    origins.set(token, credential);
    return token;
  };

  /** What `obtain` gives, or else the youngest token that is still good. */
  const orAnother = async <T extends HeldToken | undefined>(obtain: () => Promise<T>) => {
    try {
      return await obtain();
    } catch (error) {
      const [another] = held.living();
      if (!another) throw error;
      onProblem(error);
      return another;
    }
  };

  const obtain = async (): Promise<HeldToken> => {
    const credential = await provider.get();
    try {
      return await held.of(credential);
    } catch (error) {
      const next = error instanceof InvalidClientError ? await provider.refetch(credential) : credential;
      if (isSameCredential(next, credential)) throw error;
      return held.of(next);
    }
  };

  const obtainAnother = async (refused: string, credential: Credential): Promise<HeldToken | undefined> => {
    /** What another call has obtained since, for the same reason. */
    const since = () => {
      const token = held.find(credential);
      return token && token.value !== refused ? token : held.pending(credential);
    };
    const before = since();
    if (before) return before;
    const next = await provider.refetch(credential);
    if (!isSameCredential(next, credential)) {
      held.drop(refused);
      return held.of(next);
    }
    const meanwhile = since();
    if (meanwhile) return meanwhile;
    const now = clock.now();
    const isRecent = replaced && Math.abs(now - replaced.at) < quietMilliseconds;
    if (replaced && isRecent && isSameCredential(replaced.credential, credential)) return undefined;
    replaced = { credential, at: now };
    held.drop(refused);
    return held.renew(credential);
  };

  return {
    get: async () => giveOut(await orAnother(obtain)),
    replace: async (refused) => {
      const credential = origins.get(refused);
      const token = await orAnother(() => (credential ? obtainAnother(refused.value, credential) : obtain()));
      return token && token.value !== refused.value ? giveOut(token) : undefined;
    },
  };
};
