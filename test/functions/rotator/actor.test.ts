/** As whom a warm function calls the platform. */
import { formatSecretValue } from "../../../core/rotation/secret-value.ts";
import { sweep } from "./hands.ts";
import { deployedWorld, type World } from "./world.ts";

const readsOfMaster = (world: World): number => {
  const { secretArn } = world.credential("master");
  return world.calls.filter(({ operation, target }) => operation === "value" && target === secretArn).length;
};

/** Somebody makes the master's client anew, with what it holds, and revokes the old one. */
const replaceMaster = (world: World): string => {
  const { world: organisation } = world.genesys;
  const { clientId = "" } = world.value("master") ?? {};
  const { name, description = "", grants = [] } = organisation.clients.get(clientId) ?? { name: "" };
  const { id, secret } = organisation.addClient({ name, description, grants });
  world.edit("master", formatSecretValue({ clientId: id, clientSecret: secret, region: "us-east-1" }));
  organisation.clients.edit(clientId, { state: "disabled" });
  return id;
};

test("a warm function reads its actor's secret at most once a minute", async () => {
  const world = await deployedWorld();
  world.restart();
  await world.rotate("crm");
  expect(readsOfMaster(world)).toBe(1);
  world.pass(30);
  await world.rotate("crm");
  expect(readsOfMaster(world)).toBe(1);
  world.pass(30);
  await world.rotate("crm");
  expect(readsOfMaster(world)).toBe(2);
  expect(world.failures).toEqual([]);
});

test("an actor that was replaced is followed a minute later at the latest", async () => {
  const world = await deployedWorld();
  await world.rotate("crm");
  const { clientId = "" } = world.value("master") ?? {};
  const next = replaceMaster(world);
  world.pass(60);
  await world.rotate("crm");
  expect(world.failures).toEqual([]);
  const made = world.genesys.world.clients.get(world.value("crm")?.clientId ?? "");
  expect(made?.createdBy).toBe(next);
  expect(next).not.toBe(clientId);
});

test("an actor that was revoked within the minute costs one attempt, and the next one reads again", async () => {
  const world = await deployedWorld();
  await world.rotate("crm");
  const before = world.value("crm");
  replaceMaster(world);
  await world.rotate("crm");
  expect(world.failures).toHaveLength(1);
  expect(world.value("crm")).toEqual(before);
  world.failures.length = 0;
  await world.live(60);
  expect(world.failures).toEqual([]);
  expect(world.value("crm")).not.toEqual(before);
  expect(await world.logsIn("crm")).toBe(true);
});

test("a sweep reads every version's value once, however often it comes", async () => {
  const world = await deployedWorld();
  await world.rotate("crm");
  const { secretArn } = world.credential("crm");
  const reads = () =>
    world.calls.filter(({ operation, target }) => operation === "value" && target === secretArn).length;
  world.calls.length = 0;
  await sweep(world);
  expect(reads()).toBe(2);
  await sweep(world);
  expect(reads()).toBe(2);
  await world.rotate("crm");
  world.calls.length = 0;
  await sweep(world);
  expect(reads()).toBe(1);
  expect(world.failures).toEqual([]);
});
