/** Other stacks, clients that somebody deleted or revoked, a full organisation, and clocks that differ. */
import { addForgotten, answerEmergencies, begin, codes, failures, messages, step, sweep } from "./hands.ts";
import { deployedWorld } from "./world.ts";

const hour = 3600;
const day = 24 * hour;

test("a second stack in the same organisation is not touched, even under the same logical name", async () => {
  const world = await deployedWorld();
  const others = ["guard:acme/guard/staging/crm~0badcafe", "guard:other/guard/prod/crm~0badcafe"];
  const clients = others.map((prefix) => addForgotten(world, prefix));
  await world.rotate("crm");
  await world.live(3 * day);
  expect(await sweep(world)).toMatchObject({ orphans: 0, deleted: 0, reports: [] });
  for (const client of clients) expect(world.genesys.world.clients.get(client.id)).toEqual(client);
});

describe("a generation deleted by hand", () => {
  test("the current one: the next sweep has it replaced", async () => {
    const world = await deployedWorld();
    await world.rotate("crm");
    world.genesys.world.deleteClient(world.value("crm")?.clientId ?? "");
    expect(await sweep(world)).toMatchObject({ rotations: ["crm"] });
    expect(messages(world)).toEqual([
      { credentialId: "crm", reason: "its current client is gone from the platform", contain: false },
    ]);
    await answerEmergencies(world);
    expect(world.failures).toEqual([]);
    expect(await world.logsIn("crm")).toBe(true);
    expect(await sweep(world)).toMatchObject({ rotations: [] });
  });

  test("the pending one: the rotation is given up, and the next one succeeds", async () => {
    const world = await deployedWorld();
    const version = world.newVersionId();
    await begin(world, version);
    await step(world, "createSecret", version);
    world.genesys.world.deleteClient(world.value("crm", "AWSPENDING")?.clientId ?? "");
    await expect(step(world, "setSecret", version)).rejects.toMatchObject({ code: "pending-abandoned" });
    expect(world.stages("crm")).not.toHaveProperty("AWSPENDING");
    expect(await world.logsIn("crm")).toBe(true);
    world.failures.length = 0;
    await world.rotate("crm");
    expect(world.failures).toEqual([]);
    await world.live(3 * day);
    expect(Object.values(world.clientsOf("crm"))).toEqual(["active"]);
    expect(world.record("crm").record.generations).toHaveLength(1);
  });

  test("an old one: its retirement is done", async () => {
    const world = await deployedWorld();
    const { clientId = "" } = world.value("crm") ?? {};
    await world.rotate("crm");
    world.genesys.world.deleteClient(clientId);
    await world.live(day);
    expect(world.failures).toEqual([]);
    expect(world.record("crm").record.generations).toMatchObject([{ phase: "live" }]);
  });
});

test.each([-300, 300])("a function whose clock is off by %d s takes nobody's time away", async (skew) => {
  const world = await deployedWorld();
  await world.rotate("crm");
  const { clientId = "" } = world.value("crm", "AWSPREVIOUS") ?? {};
  const supersededAt = world.now;
  world.skewSeconds = skew;
  await world.live(900 + 3600 - 1);
  expect(world.now - supersededAt).toBeLessThan((900 + 3600) * 1000);
  expect(world.clientsOf("crm")).toHaveProperty(clientId, "active");
  await world.live(2 * hour);
  expect(world.clientsOf("crm")).not.toHaveProperty(clientId);
});

describe("the quota", () => {
  const full = (clientQuota: number) => deployedWorld({ genesys: { clientQuota } });

  test("reached by others in mid-rotation: the platform's refusal leaves the current credential as it is", async () => {
    const world = await deployedWorld({ genesys: { clientQuota: 40 } });
    await world.rotate("crm");
    const before = world.value("crm");
    // The function remembers a count that left plenty of room.
    for (let i = world.genesys.world.clients.size; i < 40; i += 1)
      world.genesys.world.addClient({ name: `Other ${i}` });
    await world.rotate("crm");
    expect(codes(world)).toEqual(["quota-reached"]);
    expect(world.value("crm")).toEqual(before);
    expect(world.record("crm").record.intents).toEqual([]);

    for (const { id } of world.genesys.world.clients.all().slice(-20)) world.genesys.world.deleteClient(id);
    await world.live(hour);
    expect(world.value("crm")).not.toEqual(before);
  });

  test("nearly reached: we refuse before the platform does", async () => {
    const world = await full(13);
    const before = world.clientsOf("crm");
    await world.rotate("crm");
    expect(failures(world)).toEqual([
      expect.stringContaining(
        "the organisation has 3 OAuth clients and may have 13, of which 10 are kept free",
      ),
    ]);
    expect(world.clientsOf("crm")).toEqual(before);
    expect(world.ports.metrics.emitted).toContainEqual({
      name: "QuotaHeadroom",
      value: 10,
      unit: "Count",
      dimensions: {},
    });
  });

  test("with room for one beside the reserve: it is made", async () => {
    const world = await full(14);
    await world.rotate("crm");
    expect(world.failures).toEqual([]);
  });

  test("nearly reached in an emergency: the reserve is there for that", async () => {
    const world = await full(13);
    await world.invoke("emergency", {
      Records: [
        { messageId: world.newVersionId(), body: JSON.stringify({ credentialId: "crm", reason: "leak" }) },
      ],
    });
    await world.aws.runDue();
    expect(world.failures).toEqual([]);
    expect(await world.logsIn("crm")).toBe(true);
    expect(Object.keys(world.clientsOf("crm"))).toHaveLength(2);
  });
});

describe("a revoked master", () => {
  test("is told with what the operator does, and nothing is changed", async () => {
    const world = await deployedWorld();
    world.genesys.world.clients.edit(world.value("master")?.clientId ?? "", { state: "disabled" });
    world.restart();
    await world.rotate("crm");
    expect(failures(world)).toEqual([
      expect.stringMatching(
        /The platform refuses the credential master.*Run `pulumi up` with the deploy key.*nothing is rotated, and nothing is deleted/,
      ),
    ]);
    await expect(sweep(world)).rejects.toMatchObject({ code: "login-refused" });
    expect(await world.logsIn("crm")).toBe(true);
  });

  test("of which the previous generation still works, is replaced by that", async () => {
    const world = await deployedWorld();
    await world.rotate("master");
    world.genesys.world.deleteClient(world.value("master")?.clientId ?? "");
    world.restart();
    expect(await sweep(world)).toMatchObject({ rotations: ["master"] });
    await answerEmergencies(world);
    expect(world.failures).toEqual([]);
    expect(await world.logsIn("master")).toBe(true);
  });
});
