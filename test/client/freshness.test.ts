import fc from "fast-check";
import { lookAgainAt } from "../../client/freshness.ts";
import { proof } from "../proof.ts";

const minute = 60_000;

test.each([
  ["no rotation is known", undefined, 0, 900_000],
  ["no rotation is known, by chance sooner", undefined, 0.5, 810_000],
  ["the next rotation is far", 1e9, 0, 900_000],
  ["the next rotation is near, whatever chance says", 100_000, 0.9, 100_000],
  ["the rotation is due now", 0, 0, minute],
  ["the rotation is late by a minute", -minute, 0, minute],
  ["the rotation is late by ten minutes", -10 * minute, 0, 5 * minute],
  ["the rotation is late by a day", -86_400_000, 0, 900_000],
  ["the rotation is late by ten minutes, by chance sooner", -10 * minute, 0.5, 4.5 * minute],
])("where %s", (_, nextRotationIn, random, expected) => {
  const now = 1_000_000_000;
  const next = nextRotationIn === undefined ? undefined : now + nextRotationIn;
  expect(lookAgainAt(now, next, 900_000, random) - now).toBeCloseTo(expected);
});

proof(
  "never later than the age allows, never past a rotation, never a storm",
  { quick: 1_000, full: 100_000 },
  (numRuns, seed) => {
    const time = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(
        time,
        time,
        fc.integer({ min: 0, max: 900_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (fetchedAt, next, maxAge, random) => {
          const at = lookAgainAt(fetchedAt, next, maxAge, random);
          expect(at).toBeLessThanOrEqual(fetchedAt + maxAge);
          if (next > fetchedAt) expect(at).toBeLessThanOrEqual(next);
          else expect(at - fetchedAt).toBeGreaterThanOrEqual(0.8 * Math.min(maxAge, minute) - 0.001);
        },
      ),
      { numRuns, seed },
    );
  },
);
