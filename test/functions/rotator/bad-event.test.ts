/** Events that are unknown, twice, late or lost. */
import { begin, codes, step, sweep } from "./hands.ts";
import { deployedWorld } from "./world.ts";

const hour = 3600;
const day = 24 * hour;

test("an unknown rotation token is refused, before anything is made", async () => {
  const world = await deployedWorld();
  await world.rotate("crm");
  const before = [world.clientsOf("crm"), world.stages("crm")];
  for (const name of ["createSecret", "setSecret", "testSecret", "finishSecret"])
    await expect(step(world, name, world.newVersionId())).rejects.toMatchObject({ code: "unknown-version" });
  const { AWSPREVIOUS = "" } = world.stages("crm");
  await expect(step(world, "createSecret", AWSPREVIOUS)).rejects.toMatchObject({ code: "not-pending" });
  expect([world.clientsOf("crm"), world.stages("crm")]).toEqual(before);
});

describe("a rotation started twice", () => {
  test("at once, by two calls: one client is made", async () => {
    const world = await deployedWorld();
    const version = world.newVersionId();
    await begin(world, version);
    for (const name of ["createSecret", "setSecret", "testSecret", "finishSecret"]) {
      // The one that finds the credential in other hands waits or is told so, and comes again.
      await Promise.allSettled([step(world, name, version), step(world, name, version)]);
      await step(world, name, version);
      expect(Object.keys(world.clientsOf("crm"))).toHaveLength(2);
    }
    expect(new Set(codes(world))).toEqual(new Set(["busy"]));
    expect(world.stages("crm")).toMatchObject({ AWSCURRENT: version });
    expect(await world.logsIn("crm")).toBe(true);
  });

  test("after it is done: nothing happens any more", async () => {
    const world = await deployedWorld();
    const version = await world.rotate("crm");
    const before = [world.clientsOf("crm"), world.stages("crm"), world.record("crm")];
    for (const name of ["createSecret", "setSecret", "testSecret", "finishSecret"])
      await step(world, name, version);
    expect([world.clientsOf("crm"), world.stages("crm"), world.record("crm")]).toEqual(before);
  });

  test("under another token while one is stuck: what the first made is not lost", async () => {
    const world = await deployedWorld();
    const [first, second] = [world.newVersionId(), world.newVersionId()];
    await begin(world, first);
    await step(world, "createSecret", first);
    const stuck = world.value("crm", "AWSPENDING")?.clientId ?? "";
    const { secretArn } = world.credential("crm");
    world.aws.secretsManager.updateSecretVersionStage({
      SecretId: secretArn,
      VersionStage: "AWSPENDING",
      RemoveFromVersionId: first,
    });
    await begin(world, second);
    for (const name of ["createSecret", "setSecret", "testSecret", "finishSecret"])
      await step(world, name, second);
    expect(world.stages("crm")).toMatchObject({ AWSCURRENT: second });
    expect(world.record("crm").record.generations).toContainEqual(
      expect.objectContaining({ clientId: stuck, phase: "draining" }),
    );
    await world.live(day);
    expect(world.clientsOf("crm")).toEqual({ [world.value("crm")?.clientId ?? ""]: "active" });
  });
});

describe("a retirement", () => {
  test("that arrives twice, or for a client that is in service, changes nothing", async () => {
    const world = await deployedWorld();
    await world.rotate("crm");
    const [current, old] = [world.value("crm"), world.value("crm", "AWSPREVIOUS")];
    for (const clientId of [current?.clientId, old?.clientId, old?.clientId])
      await world.invoke("retire", { credentialId: "crm", clientId });
    expect(Object.values(world.clientsOf("crm"))).toEqual(["active", "active"]);
    await world.live(6000);
    world.isEverythingDeliveredTwice = true;
    await world.live(day);
    expect(world.failures).toEqual([]);
    expect(world.clientsOf("crm")).toEqual({ [current?.clientId ?? ""]: "active" });
  });

  test("that never arrives is made up for by a sweep", async () => {
    const world = await deployedWorld();
    world.areSchedulesLost = true;
    await world.rotate("crm");
    await world.live(12 * hour);
    expect(Object.values(world.clientsOf("crm"))).toEqual(["active", "active"]);
    for (let i = 0; i < 4; i += 1) {
      await sweep(world);
      await world.live(hour);
    }
    expect(Object.values(world.clientsOf("crm"))).toEqual(["active"]);
  });

  test("that arrives long after the ledger was lost begins anew", async () => {
    const world = await deployedWorld();
    const { clientId = "" } = world.value("crm") ?? {};
    world.areSchedulesLost = true;
    await world.rotate("crm");
    await world.live(3 * day);
    world.setRecord("crm", undefined);
    world.areSchedulesLost = false;
    await world.invoke("retire", { credentialId: "crm", clientId });
    expect(world.clientsOf("crm")).toHaveProperty(clientId, "active");
    await world.live(day);
    expect(world.clientsOf("crm")).not.toHaveProperty(clientId);
  });

  test("of somebody else's client, or of a credential that is not declared, is left alone", async () => {
    const world = await deployedWorld();
    const stranger = world.genesys.world.addClient({ name: "Stranger" });
    await world.invoke("retire", { credentialId: "crm", clientId: stranger.id });
    await world.invoke("retire", { credentialId: "gone", clientId: stranger.id });
    await world.live(3 * day);
    expect(world.genesys.world.clients.get(stranger.id)).toEqual(stranger);
    expect(world.record("crm").record.generations).toEqual([]);
  });
});

test.each([
  undefined,
  "text",
  {},
  { Step: "createSecret" },
  { Step: "x", SecretId: "a", ClientRequestToken: "b" },
])("an event that is none (%j) is refused", async (event) => {
  const world = await deployedWorld();
  for (const name of ["rotate", "retire", "emergency"] as const)
    await expect(world.invoke(name, event)).rejects.toMatchObject({ code: "bad-event" });
});

test("the secret of another stack is refused", async () => {
  const world = await deployedWorld();
  const SecretId = world.aws.createRotatedSecret("rotated/other");
  const event = { Step: "createSecret", SecretId, ClientRequestToken: world.newVersionId() };
  await expect(world.invoke("rotate", event)).rejects.toMatchObject({ code: "unknown-credential" });
});
