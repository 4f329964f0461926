import type { Models } from "purecloud-platform-client-v2";
import { type Answer, type Caller, clientsPath, daySeconds, startCaller, stopSimulators } from "./caller.ts";
import { assumed, sources, verified } from "./marks.ts";

afterEach(stopSimulators);

const path = "/api/v2/audits/query";
const around = ({ clock }: Caller): string =>
  `${new Date(clock.now - 3600_000).toISOString()}/${new Date(clock.now + 1000).toISOString()}`;

const realtime = async (caller: Caller, filters: Models.AuditQueryFilter[], more: object = {}) => {
  const body = { interval: around(caller), serviceName: "PeoplePermissions", filters, ...more };
  return (await caller.call<Models.AuditRealtimeQueryResultsResponse>("POST", `${path}/realtime`, body)).body;
};

verified(sources.python, "a change of a client leaves a row: who, whence, what", async () => {
  const caller = await startCaller();
  const { call, clientBody, createClient, genesys, world } = caller;
  const { id } = await createClient();
  await call("PUT", `${clientsPath}/${id}`, clientBody({ name: "Renamed" }));
  world.clients.edit(id, { accessTokenValiditySeconds: 172800 });
  const { entities } = await realtime(caller, [{ property: "EntityId", value: id }]);
  expect(entities).toMatchObject([
    { action: "Create", entityType: "OAuthClient", serviceName: "PeoplePermissions", status: "SUCCESS" },
    {
      action: "Update",
      client: { id: genesys.credentials.clientId },
      remoteIp: ["52.204.1.10"],
      propertyChanges: [{ property: "name", oldValues: ["CRM Sync"], newValues: ["Renamed"] }],
    },
    {
      action: "Update",
      user: { id: world.admin.userId },
      propertyChanges: [
        { property: "accessTokenValiditySeconds", oldValues: ["86400"], newValues: ["172800"] },
      ],
    },
  ]);
});

test("no row tells a secret", async () => {
  const { call, createClient, world } = await startCaller();
  const { id, secret } = await createClient();
  const { body } = await call<Models.OAuthClient>("POST", `${clientsPath}/${id}/secret`);
  const rows = JSON.stringify(world.audits.all);
  expect(rows).toContain(id);
  expect(rows).not.toContain(secret);
  expect(rows).not.toContain(body.secret);
});

verified(sources.python, "rows are filtered by client, action, type and user, and sorted", async () => {
  const caller = await startCaller();
  const { createClient, genesys, world } = caller;
  const { id } = await createClient();
  world.clients.edit(id, { name: "by hand" });
  const total = async (property: string, value: string) =>
    (await realtime(caller, [{ property, value }])).total;
  expect(await total("ClientId", genesys.credentials.clientId)).toBe(1);
  expect(await total("UserId", world.admin.userId ?? "")).toBeGreaterThan(0);
  expect(await total("Action", "Delete")).toBe(0);
  expect(await total("EntityType", "Queue")).toBe(0);
  expect(await total("TrusteeOrganizationId", "x")).toBe(0);
  const sort = [{ name: "Timestamp", sortOrder: "descending" }];
  const { entities } = await realtime(caller, [{ property: "EntityId", value: id }], { sort, pageSize: 1 });
  expect(entities).toMatchObject([{ action: "Update" }]);
});

test.each([
  ["an unknown property", { filters: [{ property: "RemoteIp", value: "x" }] }],
  ["an unknown service", { serviceName: "auth" }],
  ["no interval", { interval: undefined }],
  ["an interval that is none", { interval: "yesterday" }],
  ["an interval that ends before it begins", { interval: "2026-11-02T09:00:00Z/2026-11-01T09:00:00Z" }],
  ["an interval of 31 days", { interval: "2026-10-01T00:00:00Z/2026-11-01T00:00:00Z" }],
])("a query with %s is a 400", async (_case, fields) => {
  const caller = await startCaller();
  const body = { interval: around(caller), ...fields };
  expect((await caller.call("POST", path, body)).status).toBe(400);
});

verified(sources.python, "a real-time query reaches 14 days back", async () => {
  const { call, clock } = await startCaller();
  const since = (seconds: number) => ({
    interval: `${new Date(clock.now - seconds * 1000).toISOString()}/${new Date(clock.now - (seconds - 60) * 1000).toISOString()}`,
  });
  expect((await call("POST", `${path}/realtime`, since(14 * daySeconds))).status).toBe(200);
  expect((await call("POST", `${path}/realtime`, since(14 * daySeconds + 1))).status).toBe(400);
});

assumed("the other query is asked for until it has succeeded, then read by cursor", async () => {
  const caller = await startCaller();
  const { call, createClient } = caller;
  for (let i = 0; i < 3; i++) await createClient({ name: `client ${i}` });
  const filters = [{ property: "EntityType", value: "OAuthClient" }];
  const started = await call<Models.AuditQueryExecutionStatusResponse>("POST", path, {
    interval: around(caller),
    serviceName: "PeoplePermissions",
    filters,
  });
  expect(started).toMatchObject({ status: 202, body: { state: "Queued" } });
  const one = `${path}/${started.body.id}`;
  expect((await call("GET", `${one}/results`)).status).toBe(400);
  const states = [];
  for (let i = 0; i < 2; i++) {
    states.push((await call<Models.AuditQueryExecutionStatusResponse>("GET", one)).body.state);
  }
  expect(states).toEqual(["Running", "Succeeded"]);
  const ids: (string | undefined)[] = [];
  let cursor: string | undefined = "";
  while (cursor !== undefined) {
    const uri: string = `${one}/results?pageSize=2${cursor === "" ? "" : `&cursor=${cursor}`}`;
    const page: Answer<Models.AuditQueryExecutionResultsResponse> = await call("GET", uri);
    ids.push(...(page.body.entities ?? []).map(({ id }) => id));
    cursor = page.body.cursor;
  }
  // Three clients and the one that deploys.
  expect(new Set(ids).size).toBe(4);
  expect((await call("GET", `${one}/results?pageSize=501`)).status).toBe(400);
  expect((await call("GET", `${path}/none`)).status).toBe(404);
});

test("the service mapping pairs services and entity types", async () => {
  const { call } = await startCaller();
  for (const name of ["servicemapping", "realtime/servicemapping"]) {
    const { body } = await call<Models.AuditQueryServiceMapping>("GET", `${path}/${name}`);
    const permissions = body.services?.find((service) => service.name === "PeoplePermissions");
    expect(permissions?.entities?.map((entity) => entity.name)).toContain("OAuthClient");
  }
});
