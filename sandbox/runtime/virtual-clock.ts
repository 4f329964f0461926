import type { Clock } from "../../functions/ports.ts";
import type { Timers } from "../aws/agenda.ts";
import { EventQueue } from "./event-queue.ts";
import { type Random, seededRandom } from "./random.ts";

export interface VirtualClockOptions {
  /** Milliseconds since 1970. Default 2026-01-01. */
  start?: number;
  /** Decides the order of events of the same time. Default 1. */
  seed?: number;
  /**
   * Whether all work goes on by promises alone, and none by turns of the event loop, as reading a `Response` or a
   * socket does: time then passes faster. Default false.
   */
  onlyPromises?: boolean;
}

/** More events than this at one moment is a loop that never lets time pass. */
const mostAtOnce = 1_000_000;

/**
 * Time that passes only when it is told to. Whatever waits for it (timers of the simulated services, functions that
 * sleep, consumers) is an event; between two events everything that can run has run. Work that is done outside this
 * process, or on the machine's own timers, is not seen: hand it to `outside`.
 */
export class VirtualClock implements Clock, Timers {
  #now: number;
  readonly #events: EventQueue;
  readonly #afterEvent: (() => void)[] = [];
  #outside = 0;
  readonly #onlyPromises: boolean;
  #failure: { error: unknown } | undefined;
  #isAdvancing = false;
  readonly random: Random;

  constructor({ start = Date.UTC(2026, 0, 1), seed = 1, onlyPromises = false }: VirtualClockOptions = {}) {
    this.#now = start;
    this.#onlyPromises = onlyPromises;
    this.random = seededRandom(seed);
    this.#events = new EventQueue(this.random);
  }

  /** Bound, so that it can be handed on. */
  readonly now = (): number => this.#now;

  readonly sleep = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      this.#events.add(this.#now + Math.max(0, milliseconds), resolve);
    });

  /** Has `run` called once at that time, or at once where it has passed. Returns what calls it off. */
  readonly at = (time: number, run: () => unknown): (() => void) => {
    const event = this.#events.add(Math.max(time, this.#now), run);
    return () => {
      event.run = undefined;
    };
  };

  /** Called after every event, when all that could run has run. */
  onEvent(notice: () => void): void {
    this.#afterEvent.push(notice);
  }

  /** Time stands still until the work is done: for calls that leave the process. */
  async outside<T>(work: Promise<T>): Promise<T> {
    this.#outside += 1;
    try {
      return await work;
    } finally {
      this.#outside -= 1;
    }
  }

  advanceBy(milliseconds: number): Promise<void> {
    return this.advanceTo(this.#now + milliseconds);
  }

  /** Lets time pass, with all that happens by then. Rejects with what an event threw. */
  async advanceTo(time: number): Promise<void> {
    if (this.#isAdvancing) throw new Error("The clock is advanced already: only its owner moves it.");
    this.#isAdvancing = true;
    try {
      await this.#quiet();
      this.#conclude();
      let atOnce = 0;
      for (let event = this.#events.take(time); event !== undefined; event = this.#events.take(time)) {
        atOnce = event.time > this.#now ? 0 : atOnce + 1;
        if (atOnce > mostAtOnce)
          throw new Error(`Time stands still at ${new Date(this.#now).toISOString()}.`);
        this.#now = Math.max(this.#now, event.time);
        this.#start(event.run);
        await this.#quiet();
        this.#conclude();
      }
      this.#now = Math.max(this.#now, time);
    } finally {
      this.#isAdvancing = false;
    }
  }

  #start(run: (() => unknown) | undefined): void {
    const fail = (error: unknown): void => {
      this.#failure ??= { error };
    };
    try {
      const result = run?.();
      if (result instanceof Promise) result.catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  /** Until nothing can run any more without time passing. */
  #quiet(): Promise<unknown> {
    return this.#onlyPromises ? new Promise(process.nextTick) : this.#turns();
  }

  async #turns(): Promise<void> {
    do await new Promise(setImmediate);
    while (this.#outside > 0);
  }

  /** What follows an event: those who asked are told. Throws what it threw. */
  #conclude(): void {
    for (const notice of this.#afterEvent) notice();
    if (this.#failure === undefined) return;
    const { error } = this.#failure;
    this.#failure = undefined;
    throw error;
  }
}
