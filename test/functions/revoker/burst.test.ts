import { LeakWorld } from "./world.ts";

test("a hundred alerts in one burst, some told twice, some late: every one is answered, and each client stopped once", async () => {
  const world = new LeakWorld({
    settings: { unmanagedClients: "contain", hourlyCap: 1_000 },
    // More at once than the receiver may run: what is turned away is asked for again.
    isScheduled: true,
  });
  world.github.world.setMishaps(() => {
    const chance = world.clock.random();
    if (chance < 0.2) return { kind: "duplicated", milliseconds: 5_000 };
    return chance < 0.4 ? { kind: "late", milliseconds: 20_000 } : undefined;
  });
  const pairs = Array.from({ length: 100 }, (_, i) => world.addClient(`Client ${i}`));
  const alerts = pairs.map((pair, i) =>
    world.push(pair, { files: { [`f${i}.py`]: `id="${pair.clientId}" secret="${pair.clientSecret}"\n` } }),
  );
  await world.pass(900);
  for (const pair of pairs) expect(await world.logsIn(pair)).toBe(false);
  for (const alert of alerts) expect(world.case(alert)?.closedAt).toBeDefined();
  expect(world.metric("Containments")).toHaveLength(100);
  expect(world.aws.leakDeadLetters.messages).toEqual([]);
});

test("leaks that come at once wait for each other for seconds at most", async () => {
  const world = new LeakWorld({
    settings: { unmanagedClients: "contain", hourlyCap: 1_000 },
    latencyMilliseconds: 150,
  });
  const pairs = Array.from({ length: 10 }, (_, i) => world.addClient(`Client ${i}`));
  const alerts = pairs.map((pair, i) =>
    world.push(pair, { files: { [`f${i}.py`]: `id="${pair.clientId}" secret="${pair.clientSecret}"\n` } }),
  );
  await world.pass(60);
  const waits: number[] = [];
  for (const alert of alerts) {
    const { receivedAt, containedAt } = world.case(alert) ?? {};
    waits.push((containedAt ?? Number.POSITIVE_INFINITY) - (receivedAt ?? 0));
  }
  expect(Math.max(...waits)).toBeLessThan(15_000);
});
