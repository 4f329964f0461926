/** A small generator of repeatable chance: every alert of a world has one of its own, so that leaving one out changes no other. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 to below 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** From 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** One of a list that is not empty. */
  of<T>(some: readonly T[]): T {
    const picked = some[this.below(some.length)];
    if (picked === undefined) throw new RangeError("nothing to pick from");
    return picked;
  }
}

/** Nothing unusual happens any more. */
export class Calm extends Chance {
  override happens(): boolean {
    return false;
  }
}
