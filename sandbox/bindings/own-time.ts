import { setTimeout as sleep } from "node:timers/promises";
import type { VirtualClock } from "../runtime/virtual-clock.ts";

/** Time between two looks at this machine's clock, in milliseconds. */
const pace = 50;

/**
 * Lets a virtual clock go with this machine's, so that rate limits pass and the services act while other processes
 * call them; and lets it jump ahead on demand. It is never behind: what it has jumped ahead, it stays ahead.
 */
export class OwnTime {
  readonly #clock: VirtualClock;
  #last = performance.now();
  #isStopped = false;
  /** What an event threw, until somebody who jumps is told. */
  #failure: { error: unknown } | undefined;
  /** Only one at a time moves the clock. */
  #turn: Promise<void> = Promise.resolve();
  readonly #following: Promise<void>;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
    this.#following = this.#follow();
  }

  /** Lets so much time pass at once, with all that happens meanwhile. Rejects with what an event has thrown. */
  async jump(milliseconds: number): Promise<void> {
    await this.#move(() => this.#clock.advanceBy(milliseconds));
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure.error;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#following;
  }

  async #follow(): Promise<void> {
    while (!this.#isStopped) {
      await sleep(pace);
      await this.#move(async () => {
        // Whole milliseconds, as every clock of these services tells.
        const passed = Math.floor(performance.now() - this.#last);
        this.#last += passed;
        await this.#clock.advanceBy(passed);
      });
    }
  }

  #move(advance: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(advance).catch((error: unknown) => {
      this.#failure ??= { error };
    });
    return this.#turn;
  }
}
