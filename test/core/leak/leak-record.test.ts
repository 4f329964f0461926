import { leakKey } from "../../../core/leak/alert-case.ts";
import {
  containLeak,
  isContainedUnrecorded,
  type LeakRecord,
  readLeak,
  replaceLeak,
  startLeak,
  untouchedLeak,
} from "../../../core/leak/leak-record.ts";

const by = { repository: "acme/app", number: 7 };
const whole: LeakRecord = {
  startedAt: 1,
  by,
  inPlace: false,
  replacedAt: 2,
  containedAt: 3,
  containment: "secretReset",
  liveTokensUntil: 4,
};

test("a leak is one secret of one client", () => {
  expect(leakKey("client", "fingerprint")).toBe("leak#client#fingerprint");
});

describe("reading what was done about a leak", () => {
  test("gives back what was written", () => {
    expect(readLeak(JSON.parse(JSON.stringify(whole)))).toEqual({ leak: whole, state: "known" });
    expect(readLeak({})).toEqual({ leak: {}, state: "known" });
    expect(readLeak(undefined)).toEqual({ leak: untouchedLeak, state: "missing" });
  });

  test.each([null, "text", 7, [whole]])("takes %j for nothing", (value) => {
    expect(readLeak(value)).toEqual({ leak: untouchedLeak, state: "damaged" });
  });

  test.each([
    ["startedAt", "1"],
    ["by", "acme/app#7"],
    ["by", { repository: "acme/app" }],
    ["by", { repository: "", number: 7 }],
    ["by", { repository: "acme/app", number: 7.5 }],
    ["inPlace", "yes"],
    ["replacedAt", -1],
    ["containedAt", Number.POSITIVE_INFINITY],
    ["containment", "deleted"],
    ["liveTokensUntil", null],
  ])("leaves %s out if it is %j", (name, value) => {
    const { [name as keyof LeakRecord]: _left, ...rest } = whole;
    expect(readLeak({ ...whole, [name]: value })).toEqual({ leak: rest, state: "damaged" });
  });
});

describe("what is done about a leak", () => {
  const done = { at: 30, containment: "secretReset", liveTokensUntil: 40 } as const;

  test("is noted before, and stays as it was noted first", () => {
    const started = startLeak(untouchedLeak, { by, at: 10, inPlace: true });
    expect(started).toEqual({ startedAt: 10, by, inPlace: true });
    expect(startLeak(started, { by: { ...by, number: 8 }, at: 11, inPlace: false })).toEqual(started);
    const replaced = replaceLeak(started, 20);
    expect(replaced).toEqual({ ...started, replacedAt: 20 });
    expect(replaceLeak(replaced, 21)).toEqual(replaced);
    const contained = containLeak(replaced, done);
    expect(contained).toEqual({
      ...replaced,
      containedAt: 30,
      containment: "secretReset",
      liveTokensUntil: 40,
    });
    expect(containLeak(contained, { at: 31, containment: "disabled", liveTokensUntil: 31 })).toBe(contained);
  });

  test("is begun at the latest when it is over", () => {
    expect(containLeak(untouchedLeak, done).startedAt).toBe(30);
  });

  test("was done by us if we had begun and the secret is dead", () => {
    const started = { startedAt: 1 };
    expect(isContainedUnrecorded(started, true)).toBe(true);
    expect(isContainedUnrecorded(started, false)).toBe(false);
    expect(isContainedUnrecorded(untouchedLeak, true)).toBe(false);
    expect(isContainedUnrecorded(whole, true)).toBe(false);
  });

  test.each([
    ["silent", false],
    ["different", true],
  ] as const)("in place was done if the store has another secret: it is %s", (kind, isDone) => {
    const started = { startedAt: 1, inPlace: true };
    expect(isContainedUnrecorded(started, true, { kind })).toBe(isDone);
    expect(isContainedUnrecorded(started, true)).toBe(true);
    expect(isContainedUnrecorded({ ...started, replacedAt: 2 }, true, { kind })).toBe(true);
    expect(isContainedUnrecorded({ ...started, inPlace: false }, true, { kind })).toBe(true);
    expect(isContainedUnrecorded(started, false, { kind })).toBe(false);
  });
});
