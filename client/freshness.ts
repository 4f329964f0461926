/** Between two looks at a rotation that is late, at least. */
const shortestLateMilliseconds = 60_000;

/** Part of a waiting time that is left to chance, so that many processes do not look at the same moment. */
const spread = 0.2;

/**
 * When the source is to be asked again: after four to five fifths of the greatest age, and at the moment of the next
 * rotation. A rotation that is due and has not come (it takes a minute, it is late, or this machine's clock is ahead)
 * is looked for after a minute, and then ever less often. `random` is in [0, 1).
 */
export const lookAgainAt = (
  fetchedAt: number,
  nextRotationAt: number | undefined,
  maxAgeMilliseconds: number,
  random: number,
): number => {
  const part = 1 - spread * random;
  const aged = fetchedAt + maxAgeMilliseconds * part;
  if (nextRotationAt === undefined) return aged;
  const late = fetchedAt - nextRotationAt;
  const due = late < 0 ? nextRotationAt : fetchedAt + Math.max(shortestLateMilliseconds, late / 2) * part;
  return Math.min(aged, due);
};
