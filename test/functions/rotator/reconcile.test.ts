import { withMarker } from "../../../core/marker.ts";
import { ledgerKey } from "../../../core/rotation/credential-record.ts";
import type { ReconcileReport } from "../../../functions/rotator/reconcile.ts";
import { deployedWorld, type World } from "./world.ts";

const hour = 3600;
const day = 24 * hour;

const sweep = (world: World) => world.invoke("reconcile", {}) as Promise<ReconcileReport>;

const measured = (world: World, name: string): Record<string, number> =>
  Object.fromEntries(
    world.ports.metrics.emitted
      .filter((metric) => metric.name === name)
      .map(({ value, dimensions }) => [dimensions.Credential ?? "", value]),
  );

const addForgotten = (world: World, count = 1): string[] => {
  const { world: organisation } = world.genesys;
  const { owner } = world.credential("crm");
  return Array.from({ length: count }, (_, i) => {
    const description = withMarker(undefined, owner, `forgotten${i}`);
    const grants = [organisation.grant(organisation.roleNamed("CRM")?.id ?? "", "*")];
    return organisation.addClient({ name: "Forgotten", description, grants }).id;
  });
};

test("a sweep over a stack that is in order finds nothing, and measures it", async () => {
  const world = await deployedWorld();
  expect(await sweep(world)).toEqual({ reports: [], orphans: 0, deleted: 0, rotations: [], skipped: [] });
  await world.rotate("crm");
  await world.live(hour);
  expect(await sweep(world)).toEqual({ reports: [], orphans: 0, deleted: 0, rotations: [], skipped: [] });
  expect(measured(world, "OldestSecretAgeSeconds")).toEqual({
    crm: expect.closeTo(hour, -2),
    master: expect.closeTo(hour, -2),
  });
  expect(measured(world, "GenerationsAlive")).toEqual({ crm: 2, master: 1 });
  expect(measured(world, "OrphansFound")).toEqual({ "": 0 });
  expect(measured(world, "QuotaHeadroom")).toEqual({ "": 500 - world.genesys.world.clients.size });
});

test("a failed step is measured, with its credential and step", async () => {
  const world = await deployedWorld();
  world.genesys.faults.add({ method: "POST", route: "/api/v2/oauth/clients", fault: { kind: "dropBefore" } });
  await world.rotate("crm");
  expect(world.ports.metrics.emitted).toContainEqual({
    name: "RotationStepFailed",
    value: 1,
    unit: "Count",
    dimensions: { Credential: "crm", Step: "createSecret" },
  });
});

describe("orphans", () => {
  test("are deleted after 48 hours, a few in a sweep, and counted", async () => {
    const world = await deployedWorld();
    await sweep(world);
    addForgotten(world, 7);
    await world.live(2 * day - 60);
    expect(await sweep(world)).toMatchObject({ orphans: 7, deleted: 0, reports: { length: 7 } });
    await world.live(60);
    expect(await sweep(world)).toMatchObject({ orphans: 7, deleted: 5, reports: { length: 2 } });
    expect(await sweep(world)).toMatchObject({ orphans: 2, deleted: 2, reports: [] });
    expect(world.clientsOf("crm")).toEqual({ [world.value("crm")?.clientId ?? ""]: "active" });
  });

  test("that were used, or whose use is unknown, stay and are told", async () => {
    const world = await deployedWorld();
    await sweep(world);
    const [used = ""] = addForgotten(world);
    const { secret = "" } = world.genesys.world.clients.get(used) ?? {};
    const token = await world.requestToken({ clientId: used, clientSecret: secret, region: "" });
    await world.use(token ?? "");
    await world.live(3 * day);
    expect(await sweep(world)).toMatchObject({
      deleted: 0,
      reports: [expect.stringContaining("it has been used (1 requests)")],
    });
    const route = "/api/v2/oauth/clients/{clientId}/usage/query";
    world.genesys.faults.add({ method: "POST", route, fault: { kind: "status", status: 500 } });
    expect(await sweep(world)).toMatchObject({
      deleted: 0,
      reports: [expect.stringContaining("its use is unknown")],
    });
    expect(world.clientsOf("crm")).toHaveProperty(used, "active");
  });

  test("that are named by a version of their secret are none", async () => {
    const world = await deployedWorld();
    await world.rotate("crm");
    await world.live(100);
    const before = world.clientsOf("crm");
    world.setRecord("crm", { intents: [], generations: [] });
    world.pass(3 * day);
    expect(await sweep(world)).toMatchObject({ orphans: 0, deleted: 0 });
    expect(world.clientsOf("crm")).toEqual(before);
  });
});

test("a credential in other hands is left to the next sweep", async () => {
  const world = await deployedWorld();
  const lease = await world.ports.ledger.acquire(ledgerKey("crm"), "pulumi up", hour);
  expect(await sweep(world)).toMatchObject({ skipped: ["crm"], reports: [] });
  if (lease !== undefined) await world.ports.ledger.release(lease);
  expect(await sweep(world)).toMatchObject({ skipped: [] });
});

test("a rotation that is overdue is asked for", async () => {
  const world = await deployedWorld();
  await world.live(8 * day - 60);
  expect(await sweep(world)).toMatchObject({ rotations: [] });
  await world.live(120);
  expect(await sweep(world)).toMatchObject({ rotations: ["master", "crm"] });
});

test("a rotation that was asked for and did not come is asked for again", async () => {
  const world = await deployedWorld();
  world.setRecord("crm", {
    intents: [],
    generations: [],
    emergency: { reason: "leak", at: world.now, contain: true },
  });
  await world.live(hour);
  expect(await sweep(world)).toMatchObject({ rotations: ["crm"] });
  expect(world.record("crm").record.emergency).toMatchObject({ contain: true });
});

test("a current client that was stopped by hand is replaced", async () => {
  const world = await deployedWorld();
  world.genesys.world.clients.edit(world.value("crm")?.clientId ?? "", { state: "inactive" });
  expect(await sweep(world)).toMatchObject({
    rotations: ["crm"],
    reports: ["crm: its current client is not active on the platform, so it is rotated at once."],
  });
});

test("rotation that was switched off is told", async () => {
  const world = await deployedWorld();
  world.aws.secretsManager.cancelRotateSecret({ SecretId: world.credential("crm").secretArn });
  expect((await sweep(world)).reports).toEqual([expect.stringContaining("rotation is switched off")]);
  await expect(
    world.invoke("rotate", {
      Step: "createSecret",
      SecretId: world.credential("crm").secretArn,
      ClientRequestToken: world.newVersionId(),
    }),
  ).rejects.toMatchObject({ code: "rotation-disabled" });
});

test("a list that shows only the first page leads to no deletion of what is in service", async () => {
  const world = await deployedWorld({ genesys: { switches: { clientList: "firstPage" } } });
  for (let i = 0; i < 30; i += 1) world.genesys.world.addClient({ name: `Other ${i}` });
  for (let i = 0; i < 3; i += 1) {
    await world.rotate("crm");
    await world.live(day);
    await sweep(world);
  }
  expect(world.failures).toEqual([]);
  expect(world.clientsOf("crm")).toEqual({ [world.value("crm")?.clientId ?? ""]: "active" });
  expect(await world.logsIn("crm")).toBe(true);
});

test("nothing that a function writes holds a secret", async () => {
  const world = await deployedWorld();
  world.edit("crm", JSON.stringify({ clientId: "x", clientSecret: "" }));
  await world.rotate("crm");
  await world.rotate("master");
  await sweep(world);
  await world.live(3 * day);
  const written = JSON.stringify([
    world.ports.log.lines,
    world.ports.metrics.emitted,
    world.failures.map(String),
    ["crm", "master"].map((id) => world.record(id)),
    world.aws.emergencyQueue.messages,
  ]);
  const secrets = [...world.genesys.world.clients.all(), ...world.genesys.world.deletedClients.values()].map(
    ({ secret }) => secret,
  );
  expect(secrets.length).toBeGreaterThan(3);
  expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
});
