/** Where the services note what they will do by themselves: rotate, deliver, try again. */
export interface Timers {
  /** Has `run` called once at that time (milliseconds since 1970) or as soon as it can. Returns what calls it off. */
  at(time: number, run: () => Promise<void> | void): () => void;
}

interface Entry {
  time: number;
  order: number;
  run: (() => Promise<void> | void) | undefined;
}

const isBefore = (a: Entry, b: Entry): boolean => a.time < b.time || (a.time === b.time && a.order < b.order);

/**
 * Timers that go off when they are asked to: whoever owns the clock moves it to `next()` and takes what is due. A
 * binary heap, because a year of rotations makes hundreds of thousands of entries.
 */
export class Agenda implements Timers {
  #heap: Entry[] = [];
  #order = 0;

  at(time: number, run: () => Promise<void> | void): () => void {
    const entry: Entry = { time, order: this.#order++, run };
    this.#push(entry);
    return () => {
      entry.run = undefined;
    };
  }

  /** When the next entry is due; undefined where nothing is left. */
  next(): number | undefined {
    this.#dropCancelled();
    return this.#heap[0]?.time;
  }

  /** Takes the first entry that is due at `now` off the agenda. */
  take(now: number): (() => Promise<void> | void) | undefined {
    this.#dropCancelled();
    const first = this.#heap[0];
    if (first === undefined || first.time > now) return undefined;
    this.#pop();
    return first.run;
  }

  /** Runs everything that is due at `now`, in order, and what becomes due thereby. */
  async runDue(now: () => number): Promise<void> {
    for (let run = this.take(now()); run !== undefined; run = this.take(now())) await run();
  }

  #dropCancelled(): void {
    while (this.#heap.length > 0 && this.#heap[0]?.run === undefined) this.#pop();
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const [a, b] = [heap[left], heap[left + 1]];
      if (a === undefined) break;
      const smaller = b !== undefined && isBefore(b, a) ? b : a;
      if (!isBefore(smaller, last)) break;
      heap[index] = smaller;
      index = smaller === a ? left : left + 1;
    }
    heap[index] = last;
  }
}
