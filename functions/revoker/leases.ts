import { type Clock, type Lease, type Ledger, PortError } from "../ports.ts";
import { RevokerError } from "./errors.ts";

/** As long as the function may run (`functions/catalog.ts`), and a little more. */
export const workSeconds = 150;

export interface Opened {
  lease: Lease;
  /** As the ledger has it; what cannot be read at all is no object, so that its reader calls it damaged. */
  record: unknown;
}

const firstPauseMilliseconds = 150;
const longestPauseMilliseconds = 400;

/**
 * The leases of one message. Its id is the holder: a message that comes again after a crash has at once what it held
 * before, and another one waits.
 */
export class Leases {
  readonly #holder: string;
  readonly #clock: Clock;
  readonly #held = new Map<string, { ledger: Ledger; lease: Lease }>();
  readonly #leaving: Promise<void>[] = [];

  constructor(clock: Clock, holder: string) {
    this.#clock = clock;
    this.#holder = holder;
  }

  /** Undefined while somebody else holds it. */
  async open(ledger: Ledger, key: string, seconds = workSeconds): Promise<Opened | undefined> {
    const opened = await this.#open(ledger, key, seconds);
    if (opened !== undefined) this.#held.set(key, { ledger, lease: opened.lease });
    return opened;
  }

  /** Waits for it until then; undefined if it is not to be had. */
  async await(
    ledger: Ledger,
    key: string,
    until: number,
    seconds = workSeconds,
  ): Promise<Opened | undefined> {
    for (let pause = firstPauseMilliseconds; ; pause = Math.min(pause * 2, longestPauseMilliseconds)) {
      const opened = await this.open(ledger, key, seconds);
      if (opened !== undefined || this.#clock.now() + pause > until) return opened;
      await this.#clock.sleep(pause);
    }
  }

  /** @throws RevokerError busy, when it is not to be had for half a minute */
  async require(ledger: Ledger, key: string, seconds = workSeconds): Promise<Opened> {
    const opened = await this.await(ledger, key, this.#clock.now() + 30_000, seconds);
    if (opened !== undefined) return opened;
    throw new RevokerError("busy", `${key} is worked on by somebody else. The message comes again.`);
  }

  /** Does nothing for what is not held. A lease that cannot be given back ends by itself. */
  async release(key: string): Promise<void> {
    const held = this.#held.get(key);
    this.#held.delete(key);
    await held?.ledger.release(held.lease).catch(() => undefined);
  }

  /** As `release`, without being waited for before everything else is. */
  letGo(key: string): void {
    this.#leaving.push(this.release(key));
  }

  async releaseAll(): Promise<void> {
    await Promise.all([...this.#leaving, ...[...this.#held.keys()].map((key) => this.release(key))]);
  }

  async #open(ledger: Ledger, key: string, seconds: number): Promise<Opened | undefined> {
    try {
      return await ledger.open(key, this.#holder, seconds);
    } catch (error) {
      if (!(error instanceof PortError && error.code === "invalid")) throw error;
      const lease = await ledger.acquire(key, this.#holder, seconds);
      return lease && { lease, record: null };
    }
  }
}
