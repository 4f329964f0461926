import fc from "fast-check";
import { type DrainInputs, drainInputs, drainPhases, drainSeconds } from "../../../core/rotation/timing.ts";
import { credential, settings } from "./credentials.ts";

const inputs: DrainInputs = {
  secretCacheSeconds: 900,
  tokenLifetimeSeconds: 3600,
  skewSeconds: 300,
  usageWindowSeconds: 600,
  usageDelaySeconds: 1200,
  inactiveKeepsTokens: false,
};

test("where inactive ends tokens, the old generation is active until its last token has ended", () => {
  expect(drainPhases(inputs)).toEqual({ activeSeconds: 4800, observedSeconds: 1800, inactiveSeconds: 300 });
});

test("where inactive keeps tokens, it is active for the cache time alone", () => {
  expect(drainPhases({ ...inputs, inactiveKeepsTokens: true })).toEqual({
    activeSeconds: 1200,
    observedSeconds: 1800,
    inactiveSeconds: 3900,
  });
});

test("both positions take as long in the end", () => {
  expect(drainSeconds(inputs)).toBe(6900);
  expect(drainSeconds({ ...inputs, inactiveKeepsTokens: true })).toBe(6900);
});

test("a credential's drain follows its declaration, or tokens that live longer than that", () => {
  expect(drainInputs(credential, settings)).toEqual({
    secretCacheSeconds: 900,
    tokenLifetimeSeconds: 3600,
    skewSeconds: 300,
    usageWindowSeconds: 900,
    usageDelaySeconds: 7200,
    inactiveKeepsTokens: false,
  });
  expect(drainInputs(credential, settings, 7200).tokenLifetimeSeconds).toBe(7200);
  expect(drainInputs(credential, settings, 300).tokenLifetimeSeconds).toBe(3600);
});

test("no token that a user of the old secret can have is alive when it could be ended", () => {
  fc.assert(
    fc.property(
      fc.record({
        secretCacheSeconds: fc.nat(900),
        tokenLifetimeSeconds: fc.integer({ min: 300, max: 172_800 }),
        skewSeconds: fc.nat(300),
        usageWindowSeconds: fc.nat(3600),
        usageDelaySeconds: fc.nat(7200),
        inactiveKeepsTokens: fc.boolean(),
      }),
      fc.nat(900),
      (drain, readAgo) => {
        const { activeSeconds, inactiveSeconds } = drainPhases(drain);
        const lastLogin = Math.max(0, drain.secretCacheSeconds - readAgo);
        const lastTokenEnds = lastLogin + drain.tokenLifetimeSeconds + drain.skewSeconds;
        const tokensMayEnd = drain.inactiveKeepsTokens ? activeSeconds + inactiveSeconds : activeSeconds;
        expect(activeSeconds).toBeGreaterThanOrEqual(lastLogin + drain.skewSeconds);
        expect(tokensMayEnd).toBeGreaterThanOrEqual(lastTokenEnds);
      },
    ),
  );
});
