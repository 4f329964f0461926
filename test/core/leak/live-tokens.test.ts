import { liveTokensUntil } from "../../../core/leak/live-tokens.ts";

test("a disabled client's tokens are over at once", () => {
  expect(liveTokensUntil({ at: 1000, containment: "disabled" }, 300)).toBe(1000);
});

test.each(["secretReset", "replacedInPlace"] as const)(
  "after %s tokens live on to their end",
  (containment) => {
    expect(liveTokensUntil({ at: 1000, containment }, 300)).toBe(301_000);
  },
);

test("tokens of a client of unknown lifetime live as long as any may", () => {
  expect(liveTokensUntil({ at: 0, containment: "secretReset" })).toBe(172_800_000);
});
