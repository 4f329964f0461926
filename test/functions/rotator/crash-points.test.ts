import { withMarker } from "../../../core/marker.ts";
import type { ClientRecord } from "../../../sandbox/genesys/records.ts";
import { type CrashPoint, crashAt, crashPoints, outsideCallsOf } from "./crash.ts";
import { deployedWorld, type World } from "./world.ts";

const hour = 3600;
const day = 24 * hour;

/** Clients that are none of ours: of another stack, and of nobody. */
const addStrangers = (world: World): void => {
  const { world: organisation } = world.genesys;
  const grants = [organisation.grant(organisation.roleNamed("CRM")?.id ?? "", "*")];
  const other = "guard:acme/guard/staging/crm~0badcafe";
  organisation.addClient({ name: "Staging", description: withMarker(undefined, other, "abc"), grants });
  organisation.addClient({ name: "Nobody's", grants });
  organisation.addClient({
    name: "Of a resource",
    description: withMarker("", "guard:acme/guard/prod/x~0badcafe", "abc"),
    grants,
  });
};

const strangersOf = (world: World): readonly ClientRecord[] =>
  world.genesys.world.clients
    .all()
    .filter(({ description }) =>
      world.declarations.credentials.every(({ owner }) => !description?.includes(owner)),
    );

/** A client of the credential that nothing knows, three days old. */
const addOrphan = (world: World): void => {
  const { world: organisation } = world.genesys;
  const { owner } = world.credential("crm");
  organisation.addClient({
    name: "Forgotten",
    description: withMarker(undefined, owner, "forgotten"),
    grants: [organisation.grant(organisation.roleNamed("CRM")?.id ?? "", "*")],
  });
};

interface Scenario {
  name: string;
  /** What has happened before. */
  prepare(world: World): Promise<void>;
  /** What the function dies in, with the tries that AWS makes by itself. */
  run(world: World): Promise<void>;
}

/** Secrets Manager tries a failed rotation again after 1, 5 and 15 minutes; by then the lease of the dead has ended. */
const retried = 25 * 60;

const scenarios: readonly Scenario[] = [
  {
    name: "rotate",
    prepare: async () => {},
    run: async (world) => {
      await world.rotate("crm");
      await world.live(retried);
    },
  },
  {
    name: "rotate, a second time",
    prepare: async (world) => {
      await world.rotate("crm");
      await world.live(600);
    },
    run: async (world) => {
      await world.rotate("crm");
      await world.live(retried);
    },
  },
  {
    name: "rotate the master",
    prepare: async () => {},
    run: async (world) => {
      await world.rotate("master");
      await world.live(retried);
    },
  },
  {
    name: "rotate without a ledger",
    prepare: async (world) => {
      await world.rotate("crm");
      await world.live(600);
      world.setRecord("crm", undefined);
    },
    run: async (world) => {
      await world.rotate("crm");
      await world.live(retried);
    },
  },
  {
    name: "retire",
    prepare: async (world) => {
      await world.rotate("crm");
    },
    run: (world) => world.live(4 * hour),
  },
  {
    name: "retire at once after a leak",
    prepare: async (world) => {
      world.setRecord("crm", {
        intents: [],
        generations: [],
        emergency: { reason: "leak", at: world.now, contain: true },
      });
      await world.rotate("crm");
    },
    run: (world) => world.live(2 * hour),
  },
  {
    name: "reconcile",
    prepare: async (world) => {
      world.areSchedulesLost = true;
      await world.rotate("crm");
      await world.live(100);
      const token = "0123456789abcdef";
      addOrphan(world);
      const { record } = world.record("crm");
      world.setRecord("crm", { ...record, intents: [{ token, at: world.now }] });
      world.genesys.world.addClient({
        name: "Of a broken rotation",
        description: withMarker(undefined, world.credential("crm").owner, token),
        grants: [world.genesys.world.grant(world.genesys.world.roleNamed("CRM")?.id ?? "", "*")],
      });
      await world.live(3 * day);
      world.areSchedulesLost = false;
    },
    run: async (world) => {
      await world.invoke("reconcile", {}).catch(() => undefined);
      await world.live(20 * 60);
      await world.invoke("reconcile", {}).catch(() => undefined);
      await world.live(2 * hour);
    },
  },
];

const prepared = async ({ prepare }: Scenario, isEverythingDeliveredTwice: boolean): Promise<World> => {
  const world = await deployedWorld();
  addStrangers(world);
  await prepare(world);
  world.isEverythingDeliveredTwice = isEverythingDeliveredTwice;
  return world;
};

const ids = ["crm", "master"] as const;

const survives = async (scenario: Scenario, point: CrashPoint, isTwice: boolean): Promise<void> => {
  const world = await prepared(scenario, isTwice);
  const strangers = strangersOf(world);
  world.interference = crashAt(point);
  await scenario.run(world);
  expect(world.interference).toEqual({});
  for (const id of ids) expect([id, await world.logsIn(id)]).toEqual([id, true]);

  await world.live(3 * day);
  for (const id of ids) expect([id, await world.logsIn(id)]).toEqual([id, true]);
  await world.invoke("reconcile", {});
  await world.live(2 * day);

  for (const id of ids) {
    expect([id, await world.logsIn(id)]).toEqual([id, true]);
    expect(world.clientsOf(id)).toEqual({ [world.value(id)?.clientId ?? ""]: "active" });
  }
  expect(strangersOf(world)).toEqual(strangers);
};

describe.each(scenarios)("a crash in: $name", (scenario) => {
  test.each([
    ["once", false],
    ["twice", true],
  ])(
    "loses nothing and leaves nothing, wherever it comes, with every event delivered %s",
    async (_, isTwice) => {
      const calls = await outsideCallsOf(() => prepared(scenario, isTwice), scenario.run);
      expect(calls.length).toBeGreaterThan(5);
      for (const point of crashPoints(calls)) {
        const at = `${point.when} call ${point.call}: ${JSON.stringify(calls[point.call])}`;
        await survives(scenario, point, isTwice).catch((error: Error) => {
          throw new Error(`${at}\n${error.message}`, { cause: error });
        });
      }
    },
  );
});
