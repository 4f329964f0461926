import { defaultCapabilities } from "../../../core/capabilities.ts";
import { deployedWorld, type World } from "./world.ts";

const hour = 3600;
const day = 24 * hour;
const active = 900 + 3600 + 300;

/** A world in which `crm` has just been rotated; its old client and a token of that. */
const rotated = async (options: Parameters<typeof deployedWorld>[0] = {}) => {
  const world = await deployedWorld(options);
  const old = world.value("crm");
  if (old === undefined) throw new Error("no secret");
  const token = (await world.requestToken(old)) ?? "";
  await world.rotate("crm");
  return { world, old, token };
};

const stateOf = (world: World, clientId: string): string | undefined => world.clientsOf("crm")[clientId];

test("where inactive keeps tokens, the old client is active for the cache time alone", async () => {
  const capabilities = { ...defaultCapabilities, inactiveKeepsTokens: true };
  const { world, old, token } = await rotated({ settings: { capabilities } });
  await world.live(900 + 300 - 1);
  expect(stateOf(world, old.clientId)).toBe("active");
  await world.live(900 + 120);
  expect(stateOf(world, old.clientId)).toBe("inactive");
  expect(await world.use(token)).toBe(200);
  await world.live(3600 + 300 - 300);
  expect(stateOf(world, old.clientId)).toBe("inactive");
  await world.live(600);
  expect(stateOf(world, old.clientId)).toBeUndefined();
});

test("the platform would delete it without us", async () => {
  const { world, old } = await rotated();
  await world.live(active + 900 + 60);
  world.areSchedulesLost = true;
  const { dateToDelete = "" } = world.genesys.world.clients.get(old.clientId) ?? {};
  expect(Date.parse(dateToDelete) - world.now).toBeGreaterThan(300_000);
  world.pass(2 * hour);
  world.genesys.world.settle();
  expect(stateOf(world, old.clientId)).toBeUndefined();
});

test("a client that is still used is waited for until the deadline, and told", async () => {
  const { world, old } = await rotated();
  world.genesys.switches.usageDelaySeconds = 0;
  const uses = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 600) {
      const token = await world.requestToken(old);
      if (token !== undefined) await world.use(token);
      await world.live(600);
    }
  };
  await uses(active + 12 * hour);
  expect(stateOf(world, old.clientId)).toBe("active");
  expect(
    world.ports.metrics.emitted.filter(({ name }) => name === "OldGenerationInUse").length,
  ).toBeGreaterThan(5);
  await uses(14 * hour);
  expect(stateOf(world, old.clientId)).toBeUndefined();
  expect(await world.logsIn("crm")).toBe(true);
});

test("a client whose use the platform does not tell is waited for until the deadline", async () => {
  const { world, old } = await rotated();
  const route = "/api/v2/oauth/clients/{clientId}/usage/query";
  world.genesys.faults.add({ method: "POST", route, fault: { kind: "status", status: 500 } });
  await world.live(active + 23 * hour);
  expect(stateOf(world, old.clientId)).toBe("active");
  await world.live(3 * hour);
  expect(stateOf(world, old.clientId)).toBeUndefined();
});

test("a client older than 30 days is given seven more by the platform, at most", async () => {
  const world = await deployedWorld();
  await world.live(40 * day);
  const { clientId = "" } = world.value("crm") ?? {};
  await world.rotate("crm");
  await world.live(active + 900 + 300 + 120);
  expect(world.record("crm").record.generations).toMatchObject([{ phase: "live" }]);
  expect(world.genesys.world.clients.get(clientId)).toMatchObject({
    state: "inactive",
    dateToDelete: expect.any(String),
  });
  await world.invoke("reconcile", {});
  await world.live(8 * day);
  world.genesys.world.settle();
  expect(stateOf(world, clientId)).toBeUndefined();
  expect(world.failures).toEqual([]);
});

test("a client that has lost its roles is retired all the same", async () => {
  const { world, old } = await rotated();
  world.genesys.world.clients.edit(old.clientId, { grants: [] });
  await world.live(day);
  expect(stateOf(world, old.clientId)).toBeUndefined();
  expect(world.failures).toEqual([]);
});

test("a client that was made active again by hand is deleted in the end", async () => {
  const { world, old } = await rotated();
  await world.live(active + 900 + 30);
  world.genesys.world.clients.edit(old.clientId, { state: "active" });
  await world.live(hour);
  expect(stateOf(world, old.clientId)).toBeUndefined();
});

test.each([1, 5])(
  "a client that the first %d looks do not show is not taken for gone: it is retired all the same",
  async (gets) => {
    const world = await deployedWorld({ genesys: { lag: { lists: 0, gets } } });
    const { clientId = "" } = world.value("crm") ?? {};
    const first = { clientId, token: "f1257", madeAt: world.now, phase: "live" };
    world.setRecord("crm", { intents: [], generations: [first] });
    // After the second rotation no version names it: the ledger alone knows it.
    for (let i = 0; i < 2; i += 1) await world.rotate("crm");
    await world.live(day);
    expect(world.clientsOf("crm")).toEqual({ [world.value("crm")?.clientId ?? ""]: "active" });
    expect(world.failures).toEqual([]);
  },
);

test("a client whose marker was taken off is left alone", async () => {
  const { world, old } = await rotated();
  world.genesys.world.clients.edit(old.clientId, { description: "Ours now." });
  await world.live(3 * day);
  expect(world.genesys.world.clients.get(old.clientId)?.state).toBe("active");
  expect(world.record("crm").record.generations).toHaveLength(1);
});

describe("an emergency", () => {
  const ask = (world: World, message: object) =>
    world.invoke("emergency", {
      Records: [
        {
          messageId: world.newVersionId(),
          body: JSON.stringify({ credentialId: "crm", reason: "leak", ...message }),
        },
      ],
    });

  test("rotates out of turn, and drains as usual", async () => {
    const world = await deployedWorld();
    const { clientId = "" } = world.value("crm") ?? {};
    expect(await ask(world, {})).toEqual({ batchItemFailures: [] });
    await world.live(60);
    expect(world.value("crm")?.clientId).not.toBe(clientId);
    expect(stateOf(world, clientId)).toBe("active");
    expect(world.record("crm").record.emergency).toBeUndefined();
  });

  test("that contains stops the old client at once", async () => {
    const world = await deployedWorld();
    const { clientId = "" } = world.value("crm") ?? {};
    await ask(world, { contain: true });
    await world.live(60);
    expect(await world.logsIn("crm")).toBe(true);
    expect(stateOf(world, clientId)).toBeUndefined();
  });

  test("that contains disables it where the tenant may, until its tokens have ended", async () => {
    const capabilities = { ...defaultCapabilities, tenantMayDisable: true };
    const world = await deployedWorld({
      settings: { capabilities },
      genesys: { switches: { tenantMaySetDisabled: true } },
    });
    const old = world.value("crm");
    const token = old === undefined ? undefined : await world.requestToken(old);
    await ask(world, { contain: true });
    await world.live(60);
    expect(stateOf(world, old?.clientId ?? "")).toBe("disabled");
    expect(await world.use(token ?? "")).toBe(401);
    await world.live(3600 + 300 + 120);
    expect(stateOf(world, old?.clientId ?? "")).toBeUndefined();
  });

  test("that is told twice rotates once", async () => {
    const world = await deployedWorld();
    world.isEverythingDeliveredTwice = true;
    await ask(world, {});
    await world.live(60);
    expect(Object.keys(world.clientsOf("crm"))).toHaveLength(2);
    expect(world.failures).toEqual([]);
  });

  test("that is told again after it is done takes its wish back", async () => {
    const world = await deployedWorld();
    const event = {
      Records: [
        {
          messageId: world.newVersionId(),
          body: JSON.stringify({ credentialId: "crm", reason: "leak", contain: true }),
        },
      ],
    };
    await world.invoke("emergency", event);
    await world.live(60);
    expect(await world.invoke("emergency", event)).toEqual({ batchItemFailures: [] });
    await world.live(60);
    expect(world.record("crm").record.emergency).toBeUndefined();
    expect(Object.keys(world.clientsOf("crm"))).toHaveLength(1);
  });

  test("while a rotation is stuck has that tried again", async () => {
    const world = await deployedWorld();
    world.genesys.faults.add({ fault: { kind: "status", status: 503 } });
    await world.rotate("crm");
    await world.live(3 * hour);
    world.genesys.faults.clear();
    const { clientId = "" } = world.value("crm") ?? {};
    await ask(world, { contain: true });
    await world.live(60);
    expect(world.value("crm")?.clientId).not.toBe(clientId);
    expect(stateOf(world, clientId)).toBeUndefined();
  });

  test("of a credential that is not declared is answered with nothing", async () => {
    const world = await deployedWorld();
    expect(await ask(world, { credentialId: "gone" })).toEqual({ batchItemFailures: [] });
    expect(world.calls).toEqual([]);
  });

  test("that cannot be read, and what follows it, comes again", async () => {
    const world = await deployedWorld();
    const Records = [
      { messageId: "a".repeat(32), body: JSON.stringify({ credentialId: "crm", reason: "x" }) },
      { messageId: "b".repeat(32), body: "not JSON" },
      { messageId: "c".repeat(32), body: JSON.stringify({ credentialId: "master", reason: "x" }) },
    ];
    expect(await world.invoke("emergency", { Records })).toEqual({
      batchItemFailures: [{ itemIdentifier: "b".repeat(32) }, { itemIdentifier: "c".repeat(32) }],
    });
    await world.live(60);
    expect(Object.keys(world.clientsOf("crm"))).toHaveLength(2);
    expect(Object.keys(world.clientsOf("master"))).toHaveLength(1);
  });
});
