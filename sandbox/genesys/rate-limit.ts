import { tooManyRequests } from "./errors.ts";

const windowSeconds = 60;

/** Calls per key and minute. A window opens with its first call (assumed: how the platform cuts them is not published). */
export class RateLimit {
  #forgetAt = 1_000;
  #windows = new Map<string, { openedAt: number; count: number }>();
  #now: () => number;
  #maximum: number | "off";

  constructor(now: () => number, maximum: number | "off") {
    this.#now = now;
    this.#maximum = maximum;
  }

  /** Counts a call and gives the headers that tell what is left. Throws 429 with Retry-After. */
  take(key: string): Record<string, string> {
    const excess = this.excess(key);
    const maximum = this.#maximum;
    if (maximum === "off") return {};
    if (excess !== undefined) throw tooManyRequests(maximum, windowSeconds, excess);
    const window = this.#windows.get(key);
    return {
      "inin-ratelimit-count": String(window?.count ?? 0),
      "inin-ratelimit-allowed": String(maximum),
      "inin-ratelimit-reset": String(this.#secondsLeft(key)),
    };
  }

  /** Counts a call; the seconds to wait where it is one too many. */
  excess(key: string): number | undefined {
    if (this.#maximum === "off") return undefined;
    const now = this.#now();
    const open = this.#windows.get(key);
    if (open === undefined || now - open.openedAt >= windowSeconds * 1000) {
      this.#forgetClosed(now);
      this.#windows.set(key, { openedAt: now, count: 1 });
      return undefined;
    }
    open.count += 1;
    return open.count > this.#maximum ? this.#secondsLeft(key) : undefined;
  }

  #forgetClosed(now: number): void {
    if (this.#windows.size < this.#forgetAt) return;
    for (const [key, { openedAt }] of this.#windows) {
      if (now - openedAt >= windowSeconds * 1000) this.#windows.delete(key);
    }
    this.#forgetAt = Math.max(1_000, 2 * this.#windows.size);
  }

  #secondsLeft(key: string): number {
    const openedAt = this.#windows.get(key)?.openedAt ?? this.#now();
    return Math.max(1, Math.ceil((openedAt + windowSeconds * 1000 - this.#now()) / 1000));
  }
}
