import type { OutsideCall } from "../../../sandbox/runtime/index.ts";
import { LeakWorld, type Pair, type WorldOptions } from "./world.ts";

/** Where the function that answers leaks dies: at which of its outside calls, and whether that still took effect. */
interface CrashPoint {
  call: number;
  when: "crashBefore" | "crashAfter";
}

interface Scenario {
  name: string;
  options?: WorldOptions;
  prepare?(world: LeakWorld): Promise<void>;
  leaked(world: LeakWorld): Pair;
  /** Ids of what must go on working. */
  keeps: readonly string[];
}

const superseded = new WeakMap<LeakWorld, Pair>();

const withStrategy = (strategy: "inPlace"): WorldOptions => ({
  rotation: (given) => ({
    ...given,
    credentials: given.credentials.map((each) => (each.id === "crm" ? { ...each, strategy } : each)),
  }),
});

const scenarios: readonly Scenario[] = [
  { name: "a credential in use", leaked: (world) => world.value("crm"), keeps: ["crm", "master"] },
  { name: "the master itself", leaked: (world) => world.value("master"), keeps: ["crm", "master"] },
  {
    name: "a credential that is rotated in place",
    options: withStrategy("inPlace"),
    leaked: (world) => world.value("crm"),
    keeps: ["crm", "master"],
  },
  {
    name: "a client that the stack declares, with its secret in the store",
    leaked: (world) => world.pairOf("wallboard"),
    keeps: ["crm", "master", "wallboard"],
  },
  {
    name: "a client that the stack declares and nobody stores",
    leaked: (world) => world.pairOf("reporting"),
    keeps: ["crm", "master"],
  },
  {
    name: "a superseded generation",
    prepare: async (world) => {
      superseded.set(world, world.value("crm"));
      await world.rotate("crm");
    },
    leaked: (world) => superseded.get(world) ?? world.value("crm"),
    keeps: ["crm", "master"],
  },
];

/** Before a call is after the one before it, but for calls that are under way at once. */
const moments =
  process.env.PROOF === "full" ? (["crashBefore", "crashAfter"] as const) : (["crashAfter"] as const);

const clientsOf = (world: LeakWorld, id: string): Record<string, string> => {
  const { owner } = world.credential(id);
  const own = world.genesys.world.clients
    .all()
    .filter(({ description }) => description?.includes(`${owner}#`));
  return Object.fromEntries(own.map((client) => [client.id, client.state]));
};

const prepared = async ({ options, prepare }: Scenario): Promise<LeakWorld> => {
  const world = new LeakWorld(options);
  await world.pass(1);
  await prepare?.(world);
  return world;
};

/** The outside calls of the function that answers leaks, in a run that nobody disturbs. */
const callsOf = async (scenario: Scenario): Promise<readonly OutsideCall[]> => {
  const world = await prepared(scenario);
  world.push(scenario.leaked(world));
  await world.pass(60);
  return world.calls.filter(({ functionName }) => functionName === "revoke");
};

const survives = async (scenario: Scenario, point: CrashPoint): Promise<void> => {
  const world = await prepared(scenario);
  const leaked = scenario.leaked(world);
  const others = world.genesys.world.clients
    .all()
    .filter(({ id }) => id !== leaked.clientId)
    .map(({ id, secret }) => ({ clientId: id, clientSecret: secret }));
  let calls = 0;
  world.mishap = ({ functionName }) =>
    functionName === "revoke" && calls++ === point.call ? { kind: point.when } : undefined;
  const alert = world.push(leaked);
  await world.pass(1_200);
  expect(calls).toBeGreaterThan(point.call);
  expect(await world.logsIn(leaked)).toBe(false);
  for (const id of scenario.keeps) expect([id, await world.logsIn(world.value(id))]).toEqual([id, true]);
  expect(world.case(alert)).toMatchObject({ containedAt: expect.any(Number), closedAt: expect.any(Number) });
  for (const other of others) expect(await world.logsIn(other)).toBe(true);

  // Later, when the cleaners have been: one client for each credential, and nothing else.
  await world.pass(86_400);
  await world.runtime.invoke("reconcile", {});
  await world.pass(2 * 86_400);
  await world.runtime.invoke("reconcile", {});
  await world.pass(3_600);
  for (const id of ["crm", "master"]) {
    expect([id, await world.logsIn(world.value(id))]).toEqual([id, true]);
    expect(clientsOf(world, id)).toEqual({ [world.value(id).clientId]: "active" });
  }
};

describe.each(scenarios)("a crash while $name is answered", (scenario) => {
  test("leaves the leaked secret dead and everything else at work, wherever it comes", async () => {
    const calls = await callsOf(scenario);
    expect(calls.length).toBeGreaterThan(15);
    for (let call = 0; call < calls.length; call += 1)
      for (const when of moments) {
        const at = `${when} call ${call}: ${JSON.stringify(calls[call])}`;
        await survives(scenario, { call, when }).catch((error: Error) => {
          throw new Error(`${at}\n${error.message}`, { cause: error });
        });
      }
  }, 300_000);
});
