import fc from "fast-check";
import type { Effect } from "../../../apis/http/call.ts";
import { pauseBeforeRetry, defaultRetryPolicy as policy, type Setback } from "../../../apis/http/retry.ts";
import { proof } from "../../proof.ts";

const answer = { status: 503, headers: {}, body: undefined };
const limited = (waitMilliseconds?: number): Setback => ({ kind: "limited", answer, waitMilliseconds });
const failed = (waitMilliseconds?: number): Setback => ({ kind: "failed", answer, waitMilliseconds });
const unreachable: Setback = { kind: "unreachable", reason: "ECONNREFUSED" };
const unanswered: Setback = { kind: "unanswered", reason: "ECONNRESET" };
const first = { limited: 0, others: 1, elapsedMilliseconds: 0 };
const firstLimit = { limited: 1, others: 0, elapsedMilliseconds: 0 };

const effects: Effect[] = ["none", "idempotent", "once"];

test.each([
  ["a rate limit", limited(), ["none", "idempotent", "once"]],
  ["an unreachable service", unreachable, ["none", "idempotent", "once"]],
  ["a failure of the service", failed(), ["none", "idempotent"]],
  ["no answer", unanswered, ["none", "idempotent"]],
])("after %s, a call is repeated where that is safe", (_, setback, repeated) => {
  const progress = setback.kind === "limited" ? firstLimit : first;
  const again = effects.filter(
    (effect) => pauseBeforeRetry(setback, effect, progress, policy, 0.5) !== undefined,
  );
  expect(again).toEqual(repeated);
});

test("what the service asks for is waited for, and a second at most beyond", () => {
  expect(pauseBeforeRetry(limited(17_000), "once", firstLimit, policy, 0)).toBe(17_000);
  expect(pauseBeforeRetry(limited(17_000), "once", firstLimit, policy, 0.999)).toBeCloseTo(17_999);
  expect(pauseBeforeRetry(failed(3_000), "none", first, policy, 0)).toBe(3_000);
});

test("a pause of 180 seconds is waited for, a longer one is not", () => {
  expect(pauseBeforeRetry(limited(180_000), "none", firstLimit, policy, 0)).toBe(180_000);
  expect(pauseBeforeRetry(limited(180_001), "none", firstLimit, policy, 0)).toBeUndefined();
});

test.each([
  [1, 500],
  [2, 1_000],
  [4, 4_000],
])("before failure %p is repeated, the pause is below %p ms", (others, bound) => {
  const progress = { ...first, others };
  expect(pauseBeforeRetry(unanswered, "none", progress, policy, 0)).toBe(0);
  expect(pauseBeforeRetry(unanswered, "none", progress, policy, 0.5)).toBe(bound / 2);
});

test("the pause grows no further than its limit", () => {
  const patient = { ...policy, attempts: 100, limitedAttempts: 100 };
  expect(pauseBeforeRetry(unanswered, "none", { ...first, others: 50 }, patient, 0.5)).toBe(10_000);
  expect(pauseBeforeRetry(limited(), "none", { ...firstLimit, limited: 50 }, patient, 0.5)).toBe(30_000);
});

test("there is an end to attempts, counted apart for rate limits and for the rest", () => {
  const worn = { limited: 9, others: 4, elapsedMilliseconds: 0 };
  expect(pauseBeforeRetry(limited(), "none", worn, policy, 0)).toBeDefined();
  expect(pauseBeforeRetry(limited(), "none", { ...worn, limited: 10 }, policy, 0)).toBeUndefined();
  expect(pauseBeforeRetry(failed(), "none", { ...worn, others: 5 }, policy, 0)).toBeUndefined();
});

test("there is an end to the time", () => {
  const late = { ...firstLimit, elapsedMilliseconds: policy.totalMilliseconds - 60_000 };
  expect(pauseBeforeRetry(limited(60_000), "none", late, policy, 0)).toBe(60_000);
  expect(pauseBeforeRetry(limited(60_000), "none", late, policy, 0.5)).toBeUndefined();
});

proof("a pause is bounded and never shorter than asked", { quick: 500, full: 20_000 }, (numRuns, seed) => {
  const wait = fc.option(fc.integer({ min: 0, max: 400_000 }), { nil: undefined });
  const setback = fc.oneof(
    wait.map(limited),
    wait.map(failed),
    fc.constant(unreachable),
    fc.constant(unanswered),
  );
  const progress = fc.record({
    limited: fc.integer({ min: 0, max: 12 }),
    others: fc.integer({ min: 0, max: 7 }),
    elapsedMilliseconds: fc.integer({ min: 0, max: 700_000 }),
  });
  const random = fc.double({ min: 0, max: 0.999999, noNaN: true });
  fc.assert(
    fc.property(setback, fc.constantFrom(...effects), progress, random, (each, effect, so, chance) => {
      fc.pre(each.kind === "limited" ? so.limited > 0 : so.others > 0);
      const pause = pauseBeforeRetry(each, effect, so, policy, chance);
      if (pause === undefined) return;
      const asked = "waitMilliseconds" in each ? (each.waitMilliseconds ?? 0) : 0;
      expect(pause).toBeGreaterThanOrEqual(asked);
      expect(pause).toBeLessThanOrEqual(policy.longestWaitMilliseconds + 1_000);
      expect(so.elapsedMilliseconds + pause).toBeLessThanOrEqual(policy.totalMilliseconds);
      if (effect === "once") expect(["limited", "unreachable"]).toContain(each.kind);
    }),
    { numRuns, seed },
  );
});
