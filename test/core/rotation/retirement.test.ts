import type { Generation } from "../../../core/rotation/credential-record.ts";
import {
  comeAgainAt,
  dueAt,
  isRetiring,
  judgeUse,
  nextStep,
  observedAt,
  type Retiring,
  stoppedAt,
} from "../../../core/rotation/retirement.ts";
import { credential, now, settings } from "./credentials.ts";

const client = { clientId: "a", token: "0a", madeAt: 1 };
const leaked = { ...client, contained: true };
const keeping = { ...settings, capabilities: { ...settings.capabilities, inactiveKeepsTokens: true } };
const disabling = { ...settings, capabilities: { ...settings.capabilities, tenantMayDisable: true } };
const seconds = (count: number): number => now + count * 1000;
const draining = { ...client, phase: "draining", supersededAt: now } as const;
const observing = { ...draining, phase: "observing", look: { at: seconds(4800), requests: 7 } } as const;
const inactive = { ...client, phase: "inactive", supersededAt: now, inactiveAt: seconds(5700) } as const;

test("pending and live generations are not on their way out", () => {
  const generations: Generation[] = [
    { ...client, phase: "pending" },
    { ...client, phase: "live" },
    draining,
    inactive,
  ];
  expect(generations.filter(isRetiring)).toEqual([draining, inactive]);
});

test.each<[string, Retiring, typeof settings, number]>([
  ["draining: after cache, token and skew", draining, settings, seconds(900 + 3600 + 300)],
  ["draining where inactive keeps tokens: after cache and skew", draining, keeping, seconds(900 + 300)],
  ["draining with longer tokens", { ...draining, tokenLifetimeSeconds: 7200 }, settings, seconds(8400)],
  ["draining after a leak: at once", { ...draining, contained: true }, settings, now],
  ["observing: a window after the look", observing, settings, seconds(4800 + 900)],
  ["observing after a leak: at once", { ...observing, contained: true }, settings, seconds(4800)],
  ["inactive: after the skew", inactive, settings, seconds(5700 + 300)],
  ["inactive where it keeps tokens: after token and skew", inactive, keeping, seconds(5700 + 3600 + 300)],
  ["inactive after a leak: at once", { ...inactive, contained: true }, settings, seconds(5700)],
  [
    "disabled after a leak: when no token can revive",
    { ...inactive, contained: true },
    disabling,
    seconds(5700 + 3900),
  ],
])("due when %s", (_, generation, given, due) => {
  expect(dueAt(generation, credential, given)).toBe(due);
});

test.each<[string, Retiring, typeof settings, number, object]>([
  ["before its time it waits", draining, settings, seconds(4799), { kind: "wait", until: seconds(4800) }],
  ["at its time its use is looked at", draining, settings, seconds(4800), { kind: "look" }],
  ["a look is followed by another", observing, settings, seconds(5700), { kind: "look" }],
  [
    "an inactive one waits for its last tokens",
    inactive,
    settings,
    seconds(5999),
    { kind: "wait", until: seconds(6000) },
  ],
  ["then it is deleted", inactive, settings, seconds(6000), { kind: "delete" }],
  [
    "a leaked one is stopped without a look",
    { ...leaked, phase: "draining", supersededAt: now },
    settings,
    now,
    { kind: "stop", state: "inactive", deleteAt: now },
  ],
  [
    "a leaked one is disabled where that is possible",
    { ...leaked, phase: "draining", supersededAt: now },
    disabling,
    now,
    { kind: "stop", state: "disabled", deleteAt: seconds(3900) },
  ],
])("%s", (_, generation, given, at, step) => {
  expect(nextStep(generation, credential, given, at)).toEqual(step);
});

describe("the use of an old generation", () => {
  const at = seconds(5700);
  const again = { kind: "wait", until: seconds(5700 + 900) };
  const stop = { kind: "stop", state: "inactive", deleteAt: seconds(5700 + 300) };

  test("one look tells nothing", () => {
    expect(judgeUse(draining, { at, requests: 0 }, credential, settings)).toEqual({
      step: again,
      inUse: false,
    });
  });

  test("two looks that agree let it go", () => {
    expect(judgeUse(observing, { at, requests: 7 }, credential, settings)).toEqual({
      step: stop,
      inUse: false,
    });
  });

  test("growth keeps it, and may be of calls that are counted late", () => {
    expect(judgeUse(observing, { at, requests: 8 }, credential, settings)).toEqual({
      step: again,
      inUse: false,
    });
  });

  test("growth after the longest delay is use", () => {
    const late = seconds(4800 + 7200);
    const before = judgeUse(observing, { at: late - 1, requests: 8 }, credential, settings);
    const after = judgeUse(observing, { at: late, requests: 8 }, credential, settings);
    expect([before, after]).toMatchObject([
      { step: { kind: "wait" }, inUse: false },
      { step: { kind: "wait" }, inUse: true },
    ]);
  });

  test("what is unknown counts as use", () => {
    const unknown = { ...observing, look: { at: seconds(4800) } };
    const late = seconds(4800 + 7200);
    const looks = [
      judgeUse(observing, { at: late }, credential, settings),
      judgeUse(unknown, { at: late, requests: 7 }, credential, settings),
      judgeUse(unknown, { at: late }, credential, settings),
    ];
    for (const verdict of looks) expect(verdict).toMatchObject({ step: { kind: "wait" }, inUse: true });
  });

  test("the deadline ends the waiting, whoever uses it", () => {
    const deadline = seconds(4800 + 86_400);
    const early = { at: deadline - 1, requests: 9 };
    expect(judgeUse(observing, early, credential, settings).step.kind).toBe("wait");
    const late = { at: deadline, requests: 9 };
    expect(judgeUse(observing, late, credential, settings)).toEqual({
      step: { kind: "stop", state: "inactive", deleteAt: deadline + 300_000 },
      inUse: true,
    });
    expect(judgeUse(draining, late, credential, settings)).toMatchObject({
      step: { kind: "stop" },
      inUse: false,
    });
  });
});

test("an event that came early is asked for when both clocks must be past its time", () => {
  expect(comeAgainAt(now, now - 1, 300)).toBe(now + 300_000);
  expect(comeAgainAt(now, now - 300_000, 300)).toBe(now + 300_000);
  expect(comeAgainAt(now, now - 300_001, 300)).toBe(now);
});

test("each phase keeps the client and forgets the phase before", () => {
  const look = { at: 5, requests: 1 };
  const generation: Retiring = { ...leaked, phase: "draining", supersededAt: 3 };
  expect(observedAt(generation, look)).toEqual({ ...leaked, phase: "observing", supersededAt: 3, look });
  expect(stoppedAt(observedAt(generation, look), 9)).toEqual({
    ...leaked,
    phase: "inactive",
    supersededAt: 3,
    inactiveAt: 9,
  });
});
