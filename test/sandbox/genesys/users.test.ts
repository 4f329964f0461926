import type { Models } from "purecloud-platform-client-v2";
import { type Caller, startCaller, stopSimulators } from "./caller.ts";
import { assumed, sources, verified } from "./marks.ts";

afterEach(stopSimulators);

type User = Models.User;
const path = "/api/v2/users";

const bait = ({ world }: Caller, fields: object = {}) => ({
  name: "System Backup",
  email: "system.backup@acme.example",
  divisionId: world.homeDivisionId,
  state: "active",
  ...fields,
});
const create = async (caller: Caller, fields: object = {}): Promise<User & { id: string }> => {
  const { body } = await caller.call<User>("POST", path, bait(caller, fields));
  return { ...body, id: body.id ?? "" };
};
const search = async ({ call }: Caller, query: object[]): Promise<string[]> => {
  const { body } = await call<Models.UsersSearchResponse>("POST", `${path}/search`, { query });
  return body.results.map(({ name }) => name ?? "");
};

verified(sources.python, "a user needs a name, an e-mail address and a division", async () => {
  const caller = await startCaller();
  for (const field of ["name", "email", "divisionId"]) {
    const answer = await caller.call("POST", path, bait(caller, { [field]: undefined }));
    expect(answer).toMatchObject({ status: 400, body: { details: [{ fieldName: field }] } });
  }
  const answer = await caller.call<User>("POST", path, bait(caller, { department: "IT Security" }));
  expect(answer).toMatchObject({
    status: 200,
    body: { name: "System Backup", department: "IT Security", state: "active", version: 1 },
  });
});

test.each([
  ["a state of deleted", { state: "deleted" }],
  ["a division that is not there", { divisionId: "none" }],
  ["an address without @", { email: "backup" }],
  ["a name that is an object, as one guide has it", { name: { first: "System", last: "Backup" } }],
])("a user with %s is a 400", async (_case, fields) => {
  const caller = await startCaller();
  expect((await caller.call("POST", path, bait(caller, fields))).status).toBe(400);
});

verified(sources.python, "the list shows active users unless another state is asked for", async () => {
  const caller = await startCaller();
  await create(caller);
  await create(caller, { name: "Sleeper", email: "sleeper@acme.example", state: "inactive" });
  const names = async (query: string) => {
    const { body } = await caller.call<Models.UserEntityListing>("GET", `${path}${query}`);
    return (body.entities ?? []).map(({ name }) => name);
  };
  expect(await names("")).toEqual(["Ada Administrator", "System Backup"]);
  expect(await names("?state=inactive")).toEqual(["Sleeper"]);
  expect(await names("?state=any")).toHaveLength(3);
  expect(await names("?pageSize=1&pageNumber=2")).toEqual(["System Backup"]);
  expect((await caller.call("GET", `${path}?state=asleep`)).status).toBe(400);
});

verified(sources.swagger, "a change needs the version that the user has", async () => {
  const caller = await startCaller();
  const user = await create(caller);
  const stale = await caller.call("PATCH", `${path}/${user.id}`, { version: 7, title: "x" });
  expect(stale).toMatchObject({ status: 409, body: { code: "general.conflict" } });
  expect((await caller.call("PATCH", `${path}/${user.id}`, { title: "x" })).status).toBe(400);
  const fresh = await caller.call<User>("PATCH", `${path}/${user.id}`, {
    version: 1,
    title: "Service Account",
  });
  expect(fresh).toMatchObject({
    status: 200,
    body: { title: "Service Account", version: 2, name: "System Backup" },
  });
});

assumed("the state goes alone in a change", async () => {
  const caller = await startCaller();
  const user = await create(caller);
  const both = await caller.call("PATCH", `${path}/${user.id}`, {
    version: 1,
    state: "inactive",
    title: "x",
  });
  expect(both.status).toBe(400);
  const alone = await caller.call<User>("PATCH", `${path}/${user.id}`, { version: 1, state: "inactive" });
  expect(alone.body).toMatchObject({ state: "inactive", version: 2 });
});

verified(sources.terraform, "a deleted user keeps the address, hides, and can be brought back", async () => {
  const caller = await startCaller();
  const { call, world } = caller;
  const user = await create(caller);
  expect((await call("DELETE", `${path}/${user.id}`)).status).toBe(200);
  expect(await call("GET", `${path}/${user.id}`)).toMatchObject({
    status: 404,
    body: { code: "general.resource.not.found" },
  });
  expect((await call("DELETE", `${path}/${user.id}`)).status).toBe(404);
  expect(world.isPristine()).toBe(true);
  expect(await call("POST", path, bait(caller))).toMatchObject({
    status: 409,
    body: { code: "general.conflict" },
  });

  const deleted = await call<User>("GET", `${path}/${user.id}?state=deleted`);
  expect(deleted.body.state).toBe("deleted");
  const { version } = deleted.body;
  expect((await call("PATCH", `${path}/${user.id}`, { version, title: "x" })).status).toBe(404);
  expect((await call("PATCH", `${path}/${user.id}`, { version, state: "active" })).status).toBe(200);
  expect((await call<User>("GET", `${path}/${user.id}`)).body).toMatchObject({
    id: user.id,
    state: "active",
  });
});

verified(sources.terraform, "a search by address and state finds a deleted user", async () => {
  const caller = await startCaller();
  const user = await create(caller);
  const byEmail = { type: "EXACT", fields: ["email"], value: "System.Backup@acme.example" };
  expect(await search(caller, [byEmail])).toEqual(["System Backup"]);
  await caller.call("DELETE", `${path}/${user.id}`);
  expect(await search(caller, [byEmail])).toEqual([]);
  const deleted = { type: "EXACT", fields: ["state"], values: ["deleted"] };
  expect(await search(caller, [byEmail, deleted])).toEqual(["System Backup"]);
  expect(await search(caller, [{ type: "STARTS_WITH", fields: ["name"], value: "ada" }])).toEqual([
    "Ada Administrator",
  ]);
  expect(await search(caller, [{ type: "CONTAINS", fields: ["name"], value: "nobody" }])).toEqual([]);
});

test.each([
  ["type", { type: "REGEX", fields: ["email"], value: "x" }],
  ["field", { type: "EXACT", fields: ["shoeSize"], value: "x" }],
  ["operator", { type: "EXACT", fields: ["email"], value: "x", operator: "NOT" }],
])("a search with a %s that is not simulated is refused, never guessed", async (_what, criterion) => {
  const { call } = await startCaller();
  expect((await call("POST", `${path}/search`, { query: [criterion] })).status).toBe(400);
});

verified(sources.python, "a password that breaks the policy does not undo the creation", async () => {
  const caller = await startCaller();
  const user = await create(caller, { password: "short" });
  expect(caller.world.users.get(user.id)?.hasPassword).toBe(false);
  const { token } = await caller.loginWith("directory:user:setPassword");
  const set = (newPassword: string) =>
    caller.send(token, "POST", `${path}/${user.id}/password`, { newPassword });
  expect(await set("short")).toMatchObject({ status: 400, body: { code: "invalid.password" } });
  expect((await set(`${crypto.randomUUID()}!`)).status).toBe(204);
  expect(caller.world.users.get(user.id)?.hasPassword).toBe(true);
});

test("everybody is an employee; expand=authorization shows the roles", async () => {
  const caller = await startCaller();
  const user = await create(caller);
  const { body } = await caller.call<User>("GET", `${path}/${user.id}?expand=authorization`);
  expect(body.authorization?.roles?.map(({ name }) => name)).toEqual(["employee"]);
});

verified(sources.swagger, "at most 100 users are asked for by id", async () => {
  const { call, world } = await startCaller();
  const ids = Array.from({ length: 101 }, (_, i) => `id=${i}`).join("&");
  expect(await call("GET", `${path}?${ids}`)).toMatchObject({ status: 400, body: { code: "max.user.ids" } });
  const { body } = await call<Models.UserEntityListing>("GET", `${path}?id=${world.admin.userId}`);
  expect(body.entities).toMatchObject([{ name: "Ada Administrator" }]);
});

test("fields that mean nothing to the simulator are kept and given back", async () => {
  const caller = await startCaller();
  const user = await create(caller);
  const patch = {
    version: 1,
    preferredName: "Backup",
    department: "IT Security",
    addresses: [],
    email: "b@acme.example",
  };
  const { body } = await caller.call<User>("PATCH", `${path}/${user.id}`, patch);
  const { version: _, ...changed } = patch;
  expect(body).toMatchObject({ ...changed, version: 2 });
  const taken = await caller.call("PATCH", `${path}/${user.id}`, {
    version: 2,
    email: "ADA@sandbox-insurance.example",
  });
  expect(taken.status).toBe(409);
});

test("a page beyond the bounds is a 400, a page beyond the end is empty", async () => {
  const { call } = await startCaller();
  for (const query of ["pageSize=0", "pageSize=501", "pageNumber=0", "pageSize=x"]) {
    expect((await call("GET", `${path}?${query}`)).status).toBe(400);
  }
  const { body } = await call<Models.UserEntityListing>("GET", `${path}?pageNumber=9`);
  expect(body).toMatchObject({ entities: [], total: 1, pageCount: 1 });
});
