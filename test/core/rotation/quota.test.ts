import { judgeQuota } from "../../../core/rotation/quota.ts";

const facts = { count: 89, limit: 100, reserve: 10, isEmergency: false };

test.each([
  ["the last one beside the reserve", facts, { kind: "room", headroom: 11 }],
  ["one that would touch the reserve", { ...facts, count: 90 }, { kind: "full", headroom: 10 }],
  ["an emergency, which may", { ...facts, count: 90, isEmergency: true }, { kind: "room", headroom: 10 }],
  [
    "an emergency that takes the last",
    { ...facts, count: 99, isEmergency: true },
    { kind: "room", headroom: 1 },
  ],
  ["an emergency at the limit", { ...facts, count: 100, isEmergency: true }, { kind: "full", headroom: 0 }],
  ["more than the limit", { ...facts, count: 120 }, { kind: "full", headroom: -20 }],
  [
    "a limit that nobody knows",
    { ...facts, count: 9000, limit: undefined },
    { kind: "room", headroom: undefined },
  ],
])("%s", (_, given, verdict) => {
  expect(judgeQuota(given)).toEqual(verdict);
});
