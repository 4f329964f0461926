import { deployedWorld } from "./world.ts";

test("a rotation makes a new client current, and the old one stays active", async () => {
  const world = await deployedWorld();
  const before = world.value("crm");
  const version = await world.rotate("crm");
  expect(world.failures).toEqual([]);
  const after = world.value("crm");
  expect(after?.clientId).not.toBe(before?.clientId);
  expect(world.stages("crm")).toMatchObject({ AWSCURRENT: version });
  expect(await world.logsIn("crm")).toBe(true);
  expect(await world.logsIn("crm", "AWSPREVIOUS")).toBe(true);
  expect(Object.values(world.clientsOf("crm"))).toEqual(["active", "active"]);
});

test("the old client is inactive once its users' time is over, and then deleted", async () => {
  const world = await deployedWorld();
  await world.rotate("crm");
  const { cache, token, skew, window } = { cache: 900, token: 3600, skew: 300, window: 900 };
  await world.live(cache + token + skew - 1);
  expect(Object.values(world.clientsOf("crm"))).toEqual(["active", "active"]);
  await world.live(window + 120);
  expect(Object.values(world.clientsOf("crm"))).toEqual(["inactive", "active"]);
  await world.live(skew + 120);
  expect(Object.values(world.clientsOf("crm"))).toEqual(["active"]);
  expect(world.record("crm").record.generations).toMatchObject([{ phase: "live" }]);
  expect(world.failures).toEqual([]);
});

test("the master replaces itself with its own rights", async () => {
  const world = await deployedWorld();
  const before = world.value("master");
  await world.rotate("master");
  expect(world.failures).toEqual([]);
  expect(world.value("master")?.clientId).not.toBe(before?.clientId);
  expect(await world.logsIn("master")).toBe(true);
  await world.rotate("crm");
  expect(world.failures).toEqual([]);
  await world.live(2 * 86_400);
  expect(Object.values(world.clientsOf("master"))).toEqual(["active"]);
  expect(Object.values(world.clientsOf("crm"))).toEqual(["active"]);
});
