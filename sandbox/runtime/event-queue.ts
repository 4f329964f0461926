import type { Random } from "./random.ts";

export interface TimedEvent {
  time: number;
  /** Decides between events of the same time. */
  tie: number;
  order: number;
  /** Undefined once it was called off. */
  run: (() => unknown) | undefined;
}

const isBefore = (a: TimedEvent, b: TimedEvent): boolean =>
  a.time < b.time || (a.time === b.time && (a.tie < b.tie || (a.tie === b.tie && a.order < b.order)));

/**
 * Events in the order of their time. Events of the same time come in an order that the seed decides, because nothing
 * outside promises one; a binary heap, because a year has millions of them.
 */
export class EventQueue {
  readonly #heap: TimedEvent[] = [];
  readonly #random: Random;
  #order = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  add(time: number, run: () => unknown): TimedEvent {
    const event = { time, tie: this.#random(), order: this.#order++, run };
    this.#rise(event);
    return event;
  }

  /** When the next event is due; undefined where there is none. */
  next(): number | undefined {
    while (this.#heap.length > 0 && this.#heap[0]?.run === undefined) this.#dropFirst();
    return this.#heap[0]?.time;
  }

  /** Takes the next event that is due by `time`. */
  take(time: number): TimedEvent | undefined {
    const next = this.next();
    if (next === undefined || next > time) return undefined;
    const first = this.#heap[0];
    this.#dropFirst();
    return first;
  }

  #rise(event: TimedEvent): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(event);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(event, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = event;
  }

  #dropFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const a = heap[left];
      const b = heap[left + 1];
      if (a === undefined) break;
      const smaller = b !== undefined && isBefore(b, a) ? b : a;
      if (!isBefore(smaller, last)) break;
      heap[index] = smaller;
      index = smaller === a ? left : left + 1;
    }
    heap[index] = last;
  }
}
