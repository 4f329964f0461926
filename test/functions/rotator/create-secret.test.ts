/** What becomes of a create whose answer is lost, and of the other strategies. */
import type { ReconcileReport } from "../../../functions/rotator/reconcile.ts";
import { deployedWorld, type World } from "./world.ts";

const hour = 3600;
const day = 24 * hour;
const post = { method: "POST", route: "/api/v2/oauth/clients" };

const onlyCurrent = (world: World): Record<string, string> => ({
  [world.value("crm")?.clientId ?? ""]: "active",
});

test("a create whose answer is lost is found by its marker, and no second one is made", async () => {
  const world = await deployedWorld();
  world.genesys.faults.add({ ...post, fault: { kind: "dropAfter" }, times: 1 });
  await world.rotate("crm");
  expect(world.failures).toEqual([]);
  expect(Object.keys(world.clientsOf("crm"))).toHaveLength(2);
  expect(await world.logsIn("crm")).toBe(true);
});

test("a create that may still come true is waited for, before another is made", async () => {
  const world = await deployedWorld();
  world.genesys.faults.add({ ...post, fault: { kind: "dropBefore" }, times: 1 });
  await world.rotate("crm");
  expect(world.failures).toEqual([expect.objectContaining({ code: "create-unconfirmed" })]);
  expect(Object.keys(world.clientsOf("crm"))).toHaveLength(1);
  await world.live(60);
  expect(world.failures).toHaveLength(2);
  await world.live(hour);
  expect(world.failures).toHaveLength(2);
  expect(Object.keys(world.clientsOf("crm"))).toHaveLength(2);
  expect(await world.logsIn("crm")).toBe(true);
});

test("a create that shows late is adopted, with a new secret", async () => {
  const world = await deployedWorld({ genesys: { lag: { lists: 8 } } });
  world.genesys.faults.add({ ...post, fault: { kind: "dropAfter" }, times: 1 });
  await world.rotate("crm");
  expect(world.failures).toEqual([expect.objectContaining({ code: "create-unconfirmed" })]);
  await world.live(hour);
  expect(world.failures).toHaveLength(1);
  expect(Object.keys(world.clientsOf("crm"))).toHaveLength(2);
  expect(await world.logsIn("crm")).toBe(true);
});

test("a client that was made twice after all is left to nobody", async () => {
  const world = await deployedWorld();
  const version = world.newVersionId();
  world.genesys.faults.add({ ...post, fault: { kind: "dropBefore" } });
  await world.rotate("crm", version);
  world.genesys.faults.clear();
  const { world: organisation } = world.genesys;
  const intent = world.record("crm").record.intents[0];
  for (const name of ["first", "second"])
    organisation.addClient({
      name,
      description: `${world.credential("crm").owner}#${intent?.token}`,
      grants: [organisation.grant(organisation.roleNamed("CRM")?.id ?? "", "*")],
    });
  await world.live(hour);
  expect(world.stages("crm")).toMatchObject({ AWSCURRENT: version });
  await world.live(day);
  expect(world.clientsOf("crm")).toEqual(onlyCurrent(world));
  expect(organisation.clients.get(world.value("crm")?.clientId ?? "")?.name).toBe("Client of crm");
});

test("a refused create leaves no trace", async () => {
  const world = await deployedWorld();
  world.genesys.world.deleteRole(world.genesys.world.roleNamed("CRM")?.id ?? "");
  await world.rotate("crm");
  expect(world.failures).toEqual([expect.objectContaining({ code: "invalid-request" })]);
  expect(world.record("crm").record).toEqual({ intents: [], generations: [] });
});

test("a new client that the platform refuses at first is waited for", async () => {
  const world = await deployedWorld({ genesys: { lag: { gets: 2 } } });
  world.genesys.faults.add({
    method: "POST",
    route: "/oauth/token",
    fault: { kind: "status", status: 503 },
    times: 2,
  });
  await world.rotate("crm");
  expect(world.failures).toEqual([]);
  expect(await world.logsIn("crm")).toBe(true);
});

test("the deploy key replaces itself with roles that the master does not hold", async () => {
  const world = await deployedWorld({ credentials: { "deploy-key": { actor: "self" } } });
  const before = world.value("deploy-key");
  await world.rotate("deploy-key");
  expect(world.failures).toEqual([]);
  expect(world.value("deploy-key")?.clientId).not.toBe(before?.clientId);
  const changes = world.genesys.world.clients.get(world.value("deploy-key")?.clientId ?? "");
  expect(changes?.modifiedBy).toBe(changes?.id);
  await world.live(day);
  expect(world.failures).toEqual([]);
  expect(Object.keys(world.clientsOf("deploy-key"))).toEqual([world.value("deploy-key")?.clientId]);
});

describe("in place", () => {
  const inPlace = () => deployedWorld({ credentials: { crm: { strategy: "inPlace" } } });

  test("the client stays, its secret is another, and the new one is current at once", async () => {
    const world = await inPlace();
    const before = world.value("crm");
    const version = await world.rotate("crm");
    expect(world.failures).toEqual([]);
    expect(world.value("crm")).toMatchObject({ clientId: before?.clientId });
    expect(world.value("crm")?.clientSecret).not.toBe(before?.clientSecret);
    expect(world.stages("crm")).toMatchObject({ AWSCURRENT: version });
    expect(await world.logsIn("crm")).toBe(true);
    await world.live(3 * day);
    expect(((await world.invoke("reconcile", {})) as ReconcileReport).reports).toEqual([]);
    expect(world.clientsOf("crm")).toEqual(onlyCurrent(world));
  });

  test("a crash between reset and store is mended by resetting again", async () => {
    const world = await inPlace();
    let isDead = false;
    world.interference = {
      before: ({ operation }) => {
        if (isDead || operation === "put") {
          isDead = true;
          throw new Error("killed");
        }
      },
      isDead: () => isDead,
    };
    await world.rotate("crm");
    expect(await world.logsIn("crm")).toBe(false);
    await world.live(hour);
    expect(await world.logsIn("crm")).toBe(true);
    expect(world.clientsOf("crm")).toEqual(onlyCurrent(world));
  });

  test("a reset whose answer is lost is repeated", async () => {
    const world = await inPlace();
    const route = "/api/v2/oauth/clients/{clientId}/secret";
    world.genesys.faults.add({ method: "POST", route, fault: { kind: "dropAfter" }, times: 2 });
    await world.rotate("crm");
    expect(world.failures).toEqual([]);
    expect(await world.logsIn("crm")).toBe(true);
  });

  test("a secret that names nobody's client is reset from what the ledger knows, or not at all", async () => {
    const world = await inPlace();
    world.edit("crm", "a note");
    await world.rotate("crm");
    expect(world.failures).toEqual([expect.objectContaining({ code: "not-working" })]);
    await world.invoke("reconcile", {});
    expect(await world.logsIn("crm")).toBe(false);
  });

  test("the master is never reset in place", async () => {
    const world = await deployedWorld({ credentials: { master: { strategy: "inPlace" } } });
    const before = world.value("master");
    await world.rotate("master");
    expect(world.failures).toEqual([
      expect.objectContaining({
        code: "strategy",
        message: expect.stringContaining("would lock it out for good"),
      }),
    ]);
    expect(world.value("master")).toEqual(before);
    expect(await world.logsIn("master")).toBe(true);
  });
});

test.each([
  [false, /needs the capability dualSecrets/],
  [true, /the platform's API \(SDK 262\) has no call/],
])("overlapping secrets, capability %s: refused by name", async (dualSecrets, message) => {
  const world = await deployedWorld({
    credentials: { crm: { strategy: "overlappingSecrets" } },
    settings: { capabilities: { dualSecrets, tenantMayDisable: false, inactiveKeepsTokens: false } },
  });
  await world.rotate("crm");
  expect(world.failures).toEqual([
    expect.objectContaining({ code: "strategy", message: expect.stringMatching(message) }),
  ]);
  expect(await world.logsIn("crm")).toBe(true);
});
