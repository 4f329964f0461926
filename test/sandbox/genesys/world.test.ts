import { startGenesys } from "../../../sandbox/genesys/index.ts";
import { clientsPath, startCaller, stopSimulators } from "./caller.ts";

afterEach(stopSimulators);

test("the environment points a client at the simulator", async () => {
  const { genesys } = await startCaller({ region: "eu-west-1" });
  expect(genesys.environment()).toEqual({
    GENESYSCLOUD_REGION: "eu-west-1",
    GENESYSCLOUD_OAUTHCLIENT_ID: genesys.credentials.clientId,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: genesys.credentials.clientSecret,
    GENESYSCLOUD_API_URL: genesys.url,
    GENESYSCLOUD_LOGIN_URL: genesys.url,
  });
});

test("a seed repeats the ids and never a secret", async () => {
  const [one, two] = await Promise.all([startGenesys({ seed: 1 }), startGenesys({ seed: 1 })]);
  await Promise.all([one.close(), two.close()]);
  expect(one.credentials.clientId).toBe(two.credentials.clientId);
  expect(one.credentials.clientSecret).not.toBe(two.credentials.clientSecret);
});

describe("what is left behind", () => {
  test("is told by kind and id: added, changed, removed", async () => {
    const { world } = await startCaller();
    expect(world.differences()).toEqual([]);
    const queue = world.addQueue({ name: "Executive Line" });
    const role = world.roleNamed("Developer")?.id ?? "";
    world.roles.remove(role);
    world.settings.edit("authentication", { universalLogout: true });
    expect(world.differences().sort()).toEqual([
      `queue ${queue.id} added`,
      `role ${role} removed`,
      "settings authentication changed",
    ]);
    expect(world.isPristine()).toBe(false);
  });

  test("is nothing after a change and its return, whatever the dates say", async () => {
    const { world, clock } = await startCaller();
    const client = world.addClient({ name: "CRM Sync" });
    const snapshot = world.snapshot();
    clock.pass(60);
    world.clients.edit(client.id, { name: "Renamed" });
    expect(world.differences(snapshot)).toEqual([`client ${client.id} changed`]);
    world.clients.edit(client.id, { name: "CRM Sync" });
    expect(world.differences(snapshot)).toEqual([]);
  });

  test("counts a client that the platform has yet to delete, until it has", async () => {
    const { world, clock } = await startCaller();
    const dateToDelete = new Date(clock.now + 1000).toISOString();
    world.addClient({ name: "leaving", state: "inactive", dateToDelete });
    expect(world.isPristine()).toBe(false);
    clock.pass(1);
    expect(world.isPristine()).toBe(true);
    expect([...world.deletedClients.values()].map(({ name }) => name)).toEqual(["leaving"]);
  });
});

test("what comes out of the world is a copy", async () => {
  const { world } = await startCaller();
  const queue = world.addQueue({ name: "Executive Line" });
  queue.memberIds.push("nobody");
  for (const copy of world.queues.all()) copy.name = "changed";
  expect(world.queues.get(queue.id)).toMatchObject({ name: "Executive Line", memberIds: [] });
});

test("changing what is not there is an error of the test, not of the platform", async () => {
  const { world } = await startCaller();
  expect(() => world.queues.edit("none", {})).toThrow("there is no none");
  expect(() => world.queues.remove("none")).toThrow("there is no none");
  const queue = world.addQueue({ name: "Executive Line" });
  expect(() => world.queues.add(queue)).toThrow("exists already");
});

describe("eventual consistency", () => {
  test("lists go on as before for as many lists as the lag says", async () => {
    const { call, createClient, world } = await startCaller({ lag: { lists: 2 } });
    const listed = async () => {
      const { body } = await call<{ entities: { id: string; name: string }[] }>("GET", clientsPath);
      return body.entities.find(({ name }) => name !== "Credential Guard Deployment")?.name;
    };
    // The organisation's own objects are as fresh as any.
    await listed();
    await listed();
    const { id } = await createClient();
    expect([await listed(), await listed(), await listed()]).toEqual([undefined, undefined, "CRM Sync"]);
    world.clients.edit(id, { name: "Renamed" });
    expect([await listed(), await listed(), await listed()]).toEqual(["CRM Sync", "CRM Sync", "Renamed"]);
    world.deleteClient(id);
    expect([await listed(), await listed(), await listed()]).toEqual(["Renamed", "Renamed", undefined]);
  });

  test("a new object answers 404 for as many GETs as the lag says", async () => {
    const { call, createClient } = await startCaller({ lag: { gets: 1 } });
    const { id } = await createClient();
    expect((await call("GET", `${clientsPath}/${id}`)).status).toBe(404);
    expect((await call("GET", `${clientsPath}/${id}`)).status).toBe(200);
  });
});

test("an unknown path is a 404 in the platform's words, and calls are counted by route", async () => {
  const { call, genesys } = await startCaller();
  genesys.calls.reset();
  expect(await call("GET", "/api/v2/oauth/clients/x/secrets")).toMatchObject({
    status: 404,
    body: { code: "not.found" },
  });
  await call("GET", clientsPath);
  await call("GET", `${clientsPath}/x`);
  expect(genesys.calls.byRoute()).toEqual({
    "GET /api/v2/oauth/clients/x/secrets": 1,
    "GET /api/v2/oauth/clients": 1,
    "GET /api/v2/oauth/clients/{clientId}": 1,
  });
});

test("an injected fault speaks the platform's words", async () => {
  const { call, genesys } = await startCaller();
  genesys.faults.add({ fault: { kind: "status", status: 429, retryAfterSeconds: 7 }, times: 1 });
  const limited = await call("GET", clientsPath);
  expect(limited).toMatchObject({ status: 429, body: { code: "too.many.requests", status: 429 } });
  expect(limited.headers.get("retry-after")).toBe("7");
  genesys.faults.add({ fault: { kind: "status", status: 503 }, times: 1 });
  expect(await call("GET", clientsPath)).toMatchObject({
    status: 503,
    body: { code: "service.unavailable" },
  });
  expect((await call("GET", clientsPath)).status).toBe(200);
});
