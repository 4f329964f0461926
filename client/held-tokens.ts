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

/** Renewed this long before its end, or a fifth of a shorter lifetime, so that no call starts with a dying token. */
const marginMilliseconds = 60_000;
const quietMilliseconds = 5_000;
const longestQuietMilliseconds = 60_000;

/** One token for each credential, of replaced credentials too, until it ends or is dropped. */
export class HeldTokens {
  readonly #request: (credential: Credential) => Promise<Grant>;
  readonly #clock: Clock;
  #tokens: HeldToken[] = [];
  #flight: { credential: Credential; promise: Promise<HeldToken> } | undefined;
  /** The last failure, and until when it answers for the endpoint. */
  #failure: { credential: Credential; error: unknown; until: number } | undefined;

  constructor(request: (credential: Credential) => Promise<Grant>, clock: Clock) {
    this.#request = request;
    this.#clock = clock;
  }

  /** The tokens that have not ended, the youngest first. */
  living(): readonly HeldToken[] {
    const now = this.#clock.now();
    this.#tokens = this.#tokens.filter(({ expiresAt }) => now < expiresAt);
    return this.#tokens;
  }

  find(credential: Credential): HeldToken | undefined {
    return this.living().find((token) => isSameCredential(token.credential, credential));
  }

  drop(value: string): void {
    this.#tokens = this.#tokens.filter((token) => token.value !== value);
  }

  /** The token of a credential, asked for where there is none or it is about to end. */
  async of(credential: Credential): Promise<HeldToken> {
    const token = this.find(credential);
    return token !== undefined && this.#clock.now() < token.renewAt ? token : this.renew(credential);
  }

  /** Joins the request under way for this credential, if there is one. */
  renew(credential: Credential): Promise<HeldToken> {
    const flight = this.#flight;
    if (flight !== undefined && isSameCredential(flight.credential, credential)) return flight.promise;
    const failure = this.#failure;
    const isKnown = failure !== undefined && isSameCredential(failure.credential, credential);
    if (isKnown && this.#clock.now() < failure.until) return Promise.reject(failure.error);
    const promise = this.#obtain(credential).finally(() => {
      if (this.#flight?.promise === promise) this.#flight = undefined;
    });
    this.#flight = { credential, promise };
    return promise;
  }

  isRenewing(credential: Credential): boolean {
    return this.#flight !== undefined && isSameCredential(this.#flight.credential, credential);
  }

  async #obtain(credential: Credential): Promise<HeldToken> {
    const askedAt = this.#clock.now();
    try {
      const { value, expiresInSeconds } = await this.#request(credential);
      const expiresAt = askedAt + expiresInSeconds * 1000;
      const renewAt = expiresAt - Math.min(marginMilliseconds, (expiresAt - askedAt) / 5);
      const token = { credential, value, expiresAt, renewAt };
      const others = this.living().filter((other) => !isSameCredential(other.credential, credential));
      this.#tokens = [token, ...others];
      return token;
    } catch (error) {
      this.#failure = { credential, error, until: this.#clock.now() + this.#quietAfter(error) };
      throw error;
    }
  }

  /** With nothing else to offer, an endpoint that may be back is asked again at once. */
  #quietAfter(error: unknown): number {
    if (error instanceof TokenRateLimitedError) {
      return Math.min(error.retryAfterSeconds * 1000, longestQuietMilliseconds);
    }
    return error instanceof InvalidClientError || this.living().length > 0 ? quietMilliseconds : 0;
  }
}
