import fc from "fast-check";
import { proof } from "../../proof.ts";
import { play, retryWindowMilliseconds, windowMilliseconds } from "./play.ts";
import { worlds } from "./world.ts";

proof(
  "no consumer's call fails because of a rotation, and no credential outlives its interval and one retry window",
  { quick: 60, full: 10_000 },
  async (runs, seed) => {
    let calls = 0;
    let promotions = 0;
    let greatestExcess = 0;
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const outcome = await play(world, "ours");
        calls += outcome.calls;
        promotions += outcome.promotions;
        greatestExcess = Math.max(greatestExcess, outcome.greatestExcess);
        expect(outcome.failures).toEqual([]);
        expect(outcome.greatestExcess).toBeLessThanOrEqual(windowMilliseconds + retryWindowMilliseconds);
        expect(outcome.touched).toEqual([]);
        expect(outcome.leftovers).toEqual([]);
        expect(outcome.promotions).toBeGreaterThan(0);
      }),
      { numRuns: runs, seed },
    );
    console.log(
      `${calls} calls of consumers around ${promotions} promotions, none failed; a credential was ${Math.round(greatestExcess / 60_000)} minutes older than its interval at most`,
    );
  },
);

proof(
  "a stack that says wrongly that inactive keeps tokens fails its consumers: the other control",
  { quick: 20, full: 1_000 },
  async (runs, seed) => {
    let failing = 0;
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const platform = { ...world.platform, inactiveKeepsTokens: false };
        const wrong = { ...world, platform, declaresThatInactiveKeepsTokens: true };
        if ((await play(wrong, "ours")).failures.length > 0) failing += 1;
      }),
      { numRuns: runs, seed },
    );
    console.log(`calls failed in ${failing} of ${runs} wrongly declared worlds`);
    expect(failing).toBeGreaterThan(runs / 10);
  },
);

// More than every second world tells the two schemes apart; half of the worlds do for that, and take ten minutes.
proof(
  "the same worlds, the first 5,000 at most, fail with the guide's two-phase scheme: the control",
  { quick: 60, full: 5_000 },
  async (runs, seed) => {
    let failing = 0;
    const byKind = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const { failures } = await play(world, "guide");
        if (failures.length > 0) failing += 1;
        for (const kind of new Set(failures.map((failure) => failure.split(",")[0] ?? "")))
          byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
      }),
      { numRuns: runs, seed },
    );
    console.log(
      `calls failed in ${failing} of ${runs} worlds; by the kind of consumer ${JSON.stringify(Object.fromEntries(byKind))}`,
    );
    expect(failing).toBeGreaterThan(runs / 2);
  },
);
