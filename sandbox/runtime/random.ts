/** Numbers from 0 up to but not including 1, the same ones for the same seed. */
export type Random = () => number;

/** Mulberry32: small, fast, and good enough to order events and choose faults. https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export const seededRandom = (seed: number): Random => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** A whole number from `from` to `to`, both included. */
export const wholeBetween = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));
