import { VirtualClock } from "../../../sandbox/runtime/index.ts";

const start = Date.UTC(2026, 0, 1);

test("events come in the order of their time, and time is theirs while they run", async () => {
  const clock = new VirtualClock({ start });
  const seen: [string, number][] = [];
  clock.at(start + 300, () => seen.push(["late", clock.now() - start]));
  clock.at(start + 100, () => seen.push(["early", clock.now() - start]));
  clock.at(start + 900, () => seen.push(["never", clock.now() - start]));
  await clock.advanceBy(500);
  expect(seen).toEqual([
    ["early", 100],
    ["late", 300],
  ]);
  expect(clock.now()).toBe(start + 500);
});

test("a sleeper wakes at its time, and what it does then comes before later events", async () => {
  const clock = new VirtualClock({ start });
  const seen: string[] = [];
  const work = async (): Promise<void> => {
    for (const name of ["a", "b", "c"]) {
      await clock.sleep(1_000);
      await Promise.resolve();
      seen.push(`${name} at ${clock.now() - start}`);
    }
  };
  void work();
  clock.at(start + 2_500, () => seen.push("timer"));
  await clock.advanceBy(10_000);
  expect(seen).toEqual(["a at 1000", "b at 2000", "timer", "c at 3000"]);
});

test("events of the same time come in an order that the seed decides", async () => {
  const orderOf = async (seed: number): Promise<string> => {
    const clock = new VirtualClock({ start, seed });
    let order = "";
    for (const name of "abcdefgh") clock.at(start + 5, () => (order += name));
    await clock.advanceBy(10);
    return order;
  };
  expect(await orderOf(1)).toBe(await orderOf(1));
  expect(new Set(await Promise.all([1, 2, 3, 4].map(orderOf))).size).toBe(4);
});

test("what was called off does not happen; what is late happens at once", async () => {
  const clock = new VirtualClock({ start });
  const seen: string[] = [];
  const callOff = clock.at(start + 5, () => seen.push("off"));
  clock.at(start - 1_000, () => seen.push("past"));
  callOff();
  await clock.advanceBy(0);
  expect(seen).toEqual(["past"]);
});

test("time stands still for work outside", async () => {
  const clock = new VirtualClock({ start });
  let at = 0;
  clock.at(start + 1, async () => {
    await clock.outside(new Promise((resolve) => setTimeout(resolve, 5)));
    at = clock.now();
  });
  clock.at(start + 1_000, () => undefined);
  await clock.advanceBy(10_000);
  expect(at).toBe(start + 1);
});

test("what an event throws reaches whoever moves the clock", async () => {
  const clock = new VirtualClock({ start });
  clock.at(start + 1, async () => {
    await clock.sleep(1);
    throw new Error("a defect");
  });
  await expect(clock.advanceBy(10)).rejects.toThrow("a defect");
});

test("only one moves the clock", async () => {
  const clock = new VirtualClock({ start });
  const first = clock.advanceBy(10);
  await expect(clock.advanceBy(10)).rejects.toThrow("advanced already");
  await first;
});
