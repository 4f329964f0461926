/**
 * - Verified, docs.slack.dev/apis/web-api/rate-limits: HTTP 429 with `Retry-After` in seconds and
 *   `{"ok":false,"error":"ratelimited"}`; a message a second and channel, with short bursts above it; tier 3 is 50
 *   calls a minute and method.
 * - Assumed: a burst is five messages.
 */
const burst = 5;
const tier3PerMinute = 50;

/** A bucket that fills by one every `everyMilliseconds`. */
class Bucket {
  readonly capacity: number;
  readonly everyMilliseconds: number;
  #left: number;
  #at: number;

  constructor(capacity: number, everyMilliseconds: number, now: number) {
    this.capacity = capacity;
    this.everyMilliseconds = everyMilliseconds;
    this.#left = capacity;
    this.#at = now;
  }

  /** Seconds to wait, or undefined where there is one left. */
  take(now: number): number | undefined {
    this.#left = Math.min(this.capacity, this.#left + (now - this.#at) / this.everyMilliseconds);
    this.#at = now;
    if (this.#left < 1) return Math.max(1, Math.ceil(((1 - this.#left) * this.everyMilliseconds) / 1000));
    this.#left -= 1;
    return undefined;
  }
}

export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Seconds that a message to that channel has to wait, or undefined. */
  message(channel: string): number | undefined {
    return this.#bucket(`message ${channel}`, burst, 1_000).take(this.#now());
  }

  /** The same for a method of tier 3. */
  tier3(method: string): number | undefined {
    return this.#bucket(method, tier3PerMinute, 60_000 / tier3PerMinute).take(this.#now());
  }

  #bucket(key: string, capacity: number, everyMilliseconds: number): Bucket {
    const bucket = this.#buckets.get(key) ?? new Bucket(capacity, everyMilliseconds, this.#now());
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
