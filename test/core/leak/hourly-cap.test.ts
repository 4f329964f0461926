import fc from "fast-check";
import {
  type ContainmentCount,
  capKey,
  hasRoom,
  noContainments,
  readCount,
  reserve,
  undoReservation,
} from "../../../core/leak/hourly-cap.ts";

const hour = 3_600_000;
const now = 10 * hour;

/** The count after these leaks were reserved, one a millisecond. */
const counted = (leaks: readonly string[], cap: number, start = now): ContainmentCount =>
  leaks.reduce((count, leak, index) => reserve(count, leak, start + index, cap), noContainments);

test("the count has a key of its own", () => {
  expect(capKey).toBe("containments");
});

describe("within an hour", () => {
  test("there is room for as many leaks as the cap says", () => {
    expect(hasRoom(noContainments, "a", now, 0)).toBe(false);
    expect(hasRoom(counted(["a"], 2), "b", now + 5, 2)).toBe(true);
    expect(hasRoom(counted(["a", "b"], 2), "c", now + 5, 2)).toBe(false);
  });

  test("a leak that is counted has room for another attempt, which moves its time", () => {
    const twice = counted(["a", "b", "a"], 2);
    expect(twice.containments).toEqual([
      { leak: "a", at: now + 2 },
      { leak: "b", at: now + 1 },
    ]);
    expect(hasRoom(twice, "b", now + 5, 2)).toBe(true);
    expect(hasRoom(twice, "c", now + 5, 2)).toBe(false);
  });

  test("a containment counts until an hour has passed", () => {
    const count = counted(["a"], 1);
    expect(hasRoom(count, "b", now + hour - 1, 1)).toBe(false);
    expect(hasRoom(count, "b", now + hour, 1)).toBe(true);
    expect(reserve(count, "b", now + hour - 1, 1).containments).toHaveLength(2);
    expect(reserve(count, "b", now + hour, 1).containments).toEqual([{ leak: "b", at: now + hour }]);
  });

  test("what came to nothing leaves its room", () => {
    const count = undoReservation(counted(["a", "b"], 2), "a");
    expect(count.containments).toEqual([{ leak: "b", at: now + 1 }]);
    expect(undoReservation(count, "a")).toEqual(count);
  });

  test("the record stays small, whatever people release", () => {
    const leaks = Array.from({ length: 300 }, (_, index) => `leak ${index}`);
    const { containments } = counted(leaks, 5);
    expect(containments).toHaveLength(205);
    expect(containments[0]?.leak).toBe("leak 299");
  });
});

test("no hour sees more containments than the cap, and none is refused below it", () => {
  const attempt = fc.record({ leak: fc.nat(30), wait: fc.nat(hour / 4) });
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (attempts, cap) => {
      let count = noContainments;
      let time = now;
      const done: { leak: string; at: number }[] = [];
      for (const { leak, wait } of attempts) {
        time += wait;
        const name = String(leak);
        const recent = done.filter((each) => each.at > time - hour && each.leak !== name);
        const isCounted = done.findLast((each) => each.leak === name && each.at > time - hour) !== undefined;
        const room = hasRoom(count, name, time, cap);
        expect(room).toBe(isCounted || new Set(recent.map((each) => each.leak)).size < cap);
        if (!room) continue;
        count = reserve(count, name, time, cap);
        done.push({ leak: name, at: time });
        const last = done.filter((each) => each.at > time - hour);
        expect(new Set(last.map((each) => each.leak)).size).toBeLessThanOrEqual(cap);
      }
    }),
  );
});

describe("reading the count", () => {
  const whole = counted(["a", "b"], 2);

  test("gives back what was written", () => {
    expect(readCount(JSON.parse(JSON.stringify(whole)))).toEqual({ count: whole, state: "known" });
    expect(readCount(undefined)).toEqual({ count: noContainments, state: "missing" });
  });

  test.each([null, "text", 7, [], {}, { containments: "x" }])("takes %j for an empty one", (value) => {
    expect(readCount(value)).toEqual({ count: noContainments, state: "damaged" });
  });

  test.each(["x", null, { leak: "a" }, { leak: "", at: 1 }, { at: 1 }, { leak: "a", at: "1" }])(
    "leaves %j out",
    (each) => {
      const containments = [each, ...whole.containments];
      expect(readCount({ containments })).toEqual({ count: whole, state: "damaged" });
    },
  );
});
