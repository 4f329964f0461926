import type { HoldReason } from "../../../core/leak/action.ts";
import { fileWith, LeakWorld, type Pair, type WorldOptions } from "./world.ts";

const day = 86_400;

const heldBecause = (world: LeakWorld, alert: Parameters<LeakWorld["case"]>[0]): HoldReason | undefined => {
  const action = world.case(alert)?.action;
  return action?.kind === "hold" ? action.because : undefined;
};

interface Held {
  because: HoldReason;
  options?: WorldOptions;
  leaked?: (world: LeakWorld) => Pair;
  committedSecondsAgo?: number;
}

const crm = (world: LeakWorld): Pair => world.value("crm");

const cases: readonly Held[] = [
  { because: "protectedClient", options: { leak: (given) => ({ ...given, protectedIds: ["crm"] }) } },
  { because: "dryRun", options: { settings: { mode: "dryRun" } } },
  { because: "backfill", committedSecondsAgo: 2 * day },
  { because: "unmanagedClient", leaked: (world) => world.addClient("Somebody's") },
  { because: "hourlyCap", options: { settings: { hourlyCap: 0 } } },
];

const held = async ({ because, options, leaked = crm, committedSecondsAgo }: Held) => {
  const world = new LeakWorld(options);
  const pair = leaked(world);
  world.genesys.world.markPristine();
  const alert = world.push(
    pair,
    committedSecondsAgo === undefined ? {} : { committedAt: world.clock.now() - committedSecondsAgo * 1000 },
  );
  await world.pass(60);
  expect(heldBecause(world, alert)).toBe(because);
  return { world, pair, alert };
};

describe.each(cases)("a live leak that is held: $because", (given) => {
  test("is left alone, stays open, and is a page", async () => {
    const { world, pair, alert } = await held(given);
    expect(world.genesys.world.differences()).toEqual([]);
    expect(await world.logsIn(pair)).toBe(true);
    expect(world.alertState(alert).state).toBe("open");
    expect(world.said()).toContain("security");
    expect(JSON.stringify(world.slack.world.messages)).toContain("PAGE");
    expect(world.metric("HeldCases")).toEqual([1]);
  });

  test("is dismissed by a person", async () => {
    const { world, pair, alert } = await held(given);
    world.send({ ...alert, release: { decision: "dismiss", by: "ada" } });
    await world.pass(60);
    expect(await world.logsIn(pair)).toBe(true);
    expect(world.alertState(alert)).toEqual({ state: "resolved", resolution: "wont_fix" });
    expect(world.case(alert)).toMatchObject({
      release: { decision: "dismiss", by: "ada" },
      closedAt: expect.any(Number),
    });
  });

  test("is stopped on a person's word, unless it is a dry run", async () => {
    const { world, pair, alert } = await held(given);
    world.send({ ...alert, release: { decision: "contain", by: "ada" } });
    await world.pass(60);
    const isDryRun = given.because === "dryRun";
    expect(await world.logsIn(pair)).toBe(isDryRun);
    expect(await world.logsIn(world.value("crm"))).toBe(true);
    if (!isDryRun) expect(world.alertState(alert)).toEqual({ state: "resolved", resolution: "revoked" });
  });
});

test("a held leak comes to mind once a day, and nothing else is said of it", async () => {
  const { world } = await held({
    because: "unmanagedClient",
    leaked: (given) => given.addClient("Somebody's"),
    options: { isScheduled: true },
  });
  const before = world.said().length;
  await world.pass(2.5 * day);
  expect(world.said().length - before).toBe(2);
  expect(new Set(world.said().slice(before))).toEqual(new Set(["security"]));
});

test("history is acted on where the stack says so", async () => {
  const world = new LeakWorld({ settings: { backfill: "act" } });
  const leaked = world.value("crm");
  world.push(leaked, { committedAt: world.clock.now() - 30 * day * 1000 });
  await world.pass(60);
  expect(await world.logsIn(leaked)).toBe(false);
});

test("a client that nobody declared is stopped where the stack says so", async () => {
  const world = new LeakWorld({ settings: { unmanagedClients: "contain" } });
  const stranger = world.addClient("Somebody's");
  world.push(stranger);
  await world.pass(60);
  expect(await world.logsIn(stranger)).toBe(false);
});

test("a client that the platform does not let be stopped is held, and tried again with every sweep", async () => {
  const world = new LeakWorld({ isScheduled: true });
  const leaked = world.pairOf("reporting");
  let isForbidden = true;
  world.mishap = ({ functionName, operation }) =>
    isForbidden && functionName === "revoke" && operation.endsWith("/secret")
      ? { kind: "status", status: 503 }
      : undefined;
  const alert = world.push(leaked);
  await world.pass(100);
  expect(heldBecause(world, alert)).toBe("containmentFailed");
  expect(JSON.stringify(world.slack.world.messages)).toContain("PAGE");
  isForbidden = false;
  await world.pass(900);
  expect(await world.logsIn(leaked)).toBe(false);
  expect(world.alertState(alert)).toEqual({ state: "resolved", resolution: "revoked" });
});

test("no more clients are stopped within an hour than the stack allows, however many leak at once", async () => {
  const world = new LeakWorld({ settings: { hourlyCap: 3, unmanagedClients: "contain" } });
  const strangers = Array.from({ length: 12 }, (_, i) => world.addClient(`Client ${i}`));
  const alerts = strangers.map((pair, i) => world.push(pair, { files: { [`leak${i}.py`]: fileWith(pair) } }));
  await world.pass(600);
  const alive = await Promise.all(strangers.map((pair) => world.logsIn(pair)));
  expect(alive.filter((isAlive) => !isAlive)).toHaveLength(3);
  expect(alerts.filter((alert) => heldBecause(world, alert) === "hourlyCap")).toHaveLength(9);
});

test("what a person sends that is no message is refused, and ends among the dead letters", async () => {
  const world = new LeakWorld();
  world.send({ repository: "example-org/reports" });
  world.send({ repository: "example-org/reports", number: 1, release: { decision: "kill", by: "ada" } });
  await world.pass(3600);
  expect(world.aws.leakDeadLetters.messages).toHaveLength(2);
});
