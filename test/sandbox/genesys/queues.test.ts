import type { Models } from "purecloud-platform-client-v2";
import { startCaller, stopSimulators } from "./caller.ts";
import { assumed, sources, verified } from "./marks.ts";

afterEach(stopSimulators);

type Queue = Models.Queue;
const path = "/api/v2/routing/queues";

test("a queue lives from creation over a change to its deletion", async () => {
  const { call, world } = await startCaller({ divisions: ["North"] });
  const north = world.divisions.find(({ name }) => name === "North")?.id ?? "";
  const body = {
    name: "Executive Line",
    description: "board",
    division: { id: north },
    autoAnswerOnly: true,
  };
  const created = await call<Queue>("POST", path, body);
  expect(created).toMatchObject({ status: 200, body: { ...body, memberCount: 0 } });
  const { id } = created.body;
  const changed = await call<Queue>("PUT", `${path}/${id}`, { name: "Board Line" });
  expect(changed.body).toMatchObject({ id, name: "Board Line", division: { id: north } });
  expect(changed.body).not.toHaveProperty("description");
  expect((await call<Queue>("GET", `${path}/${id}`)).body).toEqual(changed.body);
  expect((await call("DELETE", `${path}/${id}`)).status).toBe(200);
  expect(await call("GET", `${path}/${id}`)).toMatchObject({
    status: 404,
    body: { code: "resource.not.found" },
  });
  expect(world.isPristine()).toBe(true);
});

verified(sources.swagger, "a missing name, and a name that is taken, have codes of their own", async () => {
  const { call, world } = await startCaller();
  world.addQueue({ name: "Executive Line" });
  const other = world.addQueue({ name: "Other" });
  expect(await call("POST", path, {})).toMatchObject({
    status: 400,
    body: { code: "required.field.missing" },
  });
  expect(await call("POST", path, { name: "executive line" })).toMatchObject({
    status: 400,
    body: { code: "duplicate.name" },
  });
  expect(await call("PUT", `${path}/${other.id}`, { name: "Executive Line" })).toMatchObject({
    status: 400,
    body: { code: "duplicate.name" },
  });
  expect((await call("POST", path, { name: "x", division: { id: "none" } })).status).toBe(400);
});

verified(
  sources.python,
  "the list takes names with asterisks, ids and divisions, sorted by name",
  async () => {
    const { call, world } = await startCaller({ divisions: ["North"] });
    const divisionId = world.divisions.find(({ name }) => name === "North")?.id ?? "";
    world.addQueue({ name: "Sales South" });
    const north = world.addQueue({ name: "Sales North", divisionId });
    world.addQueue({ name: "Support" });
    const names = async (query: string) => {
      const { body } = await call<Models.QueueEntityListing>("GET", `${path}?${query}`);
      return (body.entities ?? []).map(({ name }) => name);
    };
    expect(await names("name=sales*")).toEqual(["Sales North", "Sales South"]);
    expect(await names("name=Sales")).toEqual([]);
    expect(await names("name=*SOUTH")).toEqual(["Sales South"]);
    expect(await names(`id=${north.id}`)).toEqual(["Sales North"]);
    expect(await names(`divisionId=${divisionId}`)).toEqual(["Sales North"]);
    expect(await names("pageSize=2&pageNumber=2")).toEqual(["Support"]);
  },
);

verified(sources.swagger, "a queue with conversations is deleted by force alone", async () => {
  const { call, world } = await startCaller();
  const { id } = world.addQueue({ name: "Busy", activeConversations: 1 });
  expect(await call("DELETE", `${path}/${id}`)).toMatchObject({
    status: 400,
    body: { code: "active.queue" },
  });
  expect((await call("DELETE", `${path}/${id}?forceDelete=true`)).status).toBe(200);
});

verified(
  sources.terraform,
  "members are added and removed by up to 100; the list tells no total",
  async () => {
    const { call, world } = await startCaller();
    const { id } = world.addQueue({ name: "Executive Line" });
    const user = world.addUser({ name: "System Backup", email: "backup@acme.example" });
    expect((await call("POST", `${path}/${id}/members`, [{ id: user.id }])).status).toBe(200);
    expect((await call("POST", `${path}/${id}/members`, [{ id: user.id }])).status).toBe(200);
    const { body } = await call<Models.QueueMemberEntityListing>("GET", `${path}/${id}/members`);
    expect(body.entities).toMatchObject([{ id: user.id, name: "System Backup" }]);
    expect(body).not.toHaveProperty("total");
    expect((await call<Queue>("GET", `${path}/${id}`)).body.memberCount).toBe(1);
    expect((await call("POST", `${path}/${id}/members?delete=true`, [{ id: user.id }])).status).toBe(200);
    expect(world.queues.get(id)?.memberIds).toEqual([]);
    const tooMany = Array.from({ length: 101 }, () => ({ id: user.id }));
    expect((await call("POST", `${path}/${id}/members`, tooMany)).status).toBe(400);
    expect((await call("POST", `${path}/${id}/members`, [{ id: "none" }])).status).toBe(400);
  },
);

assumed("an unknown queue is a 404 for every operation on it", async () => {
  const { call } = await startCaller();
  for (const [method, suffix] of [
    ["GET", ""],
    ["PUT", ""],
    ["DELETE", ""],
    ["GET", "/members"],
    ["POST", "/members"],
  ] as const) {
    const body = method === "PUT" ? { name: "x" } : undefined;
    expect((await call(method, `${path}/none${suffix}`, body)).status).toBe(404);
  }
});
