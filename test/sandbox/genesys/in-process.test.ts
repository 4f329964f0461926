import fc from "fast-check";
import type { OAuthClient } from "../../../apis/genesys/api.ts";
import { createGenesysApi } from "../../../apis/genesys/create.ts";
import { AmbiguousOutcomeError } from "../../../apis/http/errors.ts";
import { Secret } from "../../../apis/http/secret.ts";
import { createGenesys, type GenesysOptions } from "../../../sandbox/genesys/index.ts";
import { asJson } from "../../../sandbox/genesys/json.ts";
import { TestClock } from "./caller.ts";

const start = (options: GenesysOptions = {}) => {
  const clock = new TestClock();
  const genesys = createGenesys({ clock: () => clock.now, rateLimitPerMinute: "off", ...options });
  const { clientId, clientSecret } = genesys.credentials;
  const api = createGenesysApi({
    settings: {
      apiUrl: "http://genesys.test",
      loginUrl: "http://genesys.test",
      clientId,
      clientSecret: new Secret(clientSecret),
    },
    transport: { connect: genesys.connect, now: () => clock.now, sleep: async () => undefined },
  });
  const employee = genesys.world.roleNamed("employee")?.id ?? "";
  const body = {
    name: "Claims Sync",
    authorizedGrantType: "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: 3600,
    roleDivisions: [{ roleId: employee, divisionId: "*" }],
  };
  return { clock, genesys, api, body };
};

test("our own client works without HTTP, and every call is recorded as over HTTP", async () => {
  const { genesys, api, body } = start();
  const created = await api.oauthClients.create(body);
  expect(created.secret).toBe(genesys.world.clients.get(created.id ?? "")?.secret);
  expect(await api.oauthClients.get(created.id ?? "")).toMatchObject({
    name: "Claims Sync",
    state: "active",
  });
  await api.oauthClients.update(created.id ?? "", { ...body, state: "inactive" });
  await api.oauthClients.delete(created.id ?? "");
  await expect(api.oauthClients.get(created.id ?? "")).rejects.toMatchObject({ code: "not-found" });
  expect(genesys.calls.byRoute()).toEqual({
    "POST /oauth/token": 1,
    "POST /api/v2/oauth/clients": 1,
    "GET /api/v2/oauth/clients/{clientId}": 2,
    "PUT /api/v2/oauth/clients/{clientId}": 1,
    "DELETE /api/v2/oauth/clients/{clientId}": 1,
  });
});

test("nothing that comes back is a record of the simulator's, and undefined does not arrive", async () => {
  const { genesys, api, body } = start();
  const created = await api.oauthClients.create(body);
  created.name = "Changed Here";
  (created.roleDivisions ?? []).length = 0;
  const read = await api.oauthClients.get(created.id ?? "");
  expect(() => {
    read.name = "Changed Here";
  }).toThrow(TypeError);
  const kept = genesys.world.clients.get(created.id ?? "");
  expect(kept).toMatchObject({ name: "Claims Sync", grants: [{ divisionId: "*" }] });
  expect(Object.keys(read)).not.toContain("description");

  const listed = (await api.oauthClients.list()).find(({ id }) => id === created.id) as OAuthClient;
  expect(() => {
    listed.name = "Changed Here";
  }).toThrow(TypeError);
  expect(listed).toEqual(JSON.parse(JSON.stringify(listed)));
});

test("a list shows every change made since the last one", async () => {
  const { api, body } = start();
  const { id = "" } = await api.oauthClients.create(body);
  const names = async () => (await api.oauthClients.list()).map(({ name, state }) => `${name} ${state}`);
  expect(await names()).toContain("Claims Sync active");
  await api.oauthClients.update(id, { ...body, name: "Claims", state: "inactive" });
  expect(await names()).toContain("Claims inactive");
});

test("faults strike as over HTTP: a status, a cut before and a cut after the effect", async () => {
  const { genesys, api, body } = start();
  const route = "/api/v2/oauth/clients";
  const living = () => genesys.world.clients.all().filter(({ name }) => name === body.name).length;

  genesys.faults.add({ fault: { kind: "status", status: 503 }, method: "GET", route, times: 1 });
  await expect(api.oauthClients.list()).resolves.toHaveLength(1);

  genesys.faults.add({ fault: { kind: "dropBefore" }, method: "POST", route, times: 1 });
  await expect(api.oauthClients.create(body)).rejects.toBeInstanceOf(AmbiguousOutcomeError);
  expect(living()).toBe(0);

  genesys.faults.add({ fault: { kind: "dropAfter" }, method: "POST", route, times: 1 });
  await expect(api.oauthClients.create(body)).rejects.toBeInstanceOf(AmbiguousOutcomeError);
  expect(living()).toBe(1);
  expect(genesys.calls.all.map(({ status }) => status)).toEqual([200, 503, 200, "dropped", "dropped"]);
});

test("fetch ends at the simulator, whatever the host", async () => {
  const { genesys } = start();
  const { clientId, clientSecret } = genesys.credentials;
  const granted = await genesys.fetch("https://login.mypurecloud.com/oauth/token", {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const answer = await genesys.fetch("https://api.mypurecloud.com/api/v2/organizations/me", {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await answer.json()).toMatchObject({ id: genesys.world.organization.id });
  genesys.faults.add({ fault: { kind: "dropAfter" } });
  await expect(genesys.fetch("https://api.mypurecloud.com/")).rejects.toThrow(TypeError);
});

test("an expired token is refused whether the simulator still knows it or not", async () => {
  const { genesys, api, clock } = start();
  await api.session.login();
  const [record] = genesys.world.tokens.of(genesys.credentials.clientId);
  const ask = async () =>
    (
      await genesys.fetch("http://genesys.test/api/v2/organizations/me", {
        headers: { authorization: `Bearer ${record?.token}` },
      })
    ).status;
  expect(await ask()).toBe(200);
  clock.pass(86_400);
  expect(await ask()).toBe(401);
  genesys.prune();
  expect(genesys.world.tokens.of(genesys.credentials.clientId)).toEqual([]);
  expect(await ask()).toBe(401);
});

test.each(["notFound", "deletedState"] as const)(
  "what is pruned of a deleted client does not change what the API says: %s",
  async (deletedClientReads) => {
    const { genesys, api, body, clock } = start({ switches: { deletedClientReads, usageDelaySeconds: 0 } });
    const { id = "" } = await api.oauthClients.create(body);
    genesys.world.usage.record({ clientId: id, templateUri: "/x", httpMethod: "GET", status: 200 });
    genesys.world.deleteClient(id);
    clock.pass(60);
    const told = async () => [
      await api.oauthClients.get(id).then(
        ({ state }) => state,
        (error: Error) => error.name,
      ),
      genesys.world.clientName(id),
      genesys.world.usage.all.filter(({ at, clientId }) => at < clock.now && clientId === id).length,
    ];
    const before = await told();
    genesys.prune();
    expect(await told()).toEqual(before);
    expect(before[0]).toBe(deletedClientReads === "deletedState" ? "deleted" : "NotFoundError");
  },
);

test("counts of calls go on when the calls themselves are no longer kept", async () => {
  const { genesys, api } = start();
  genesys.calls.keepCountsOnly();
  await api.oauthClients.list();
  expect(genesys.calls.all).toEqual([]);
  expect(genesys.calls.count("GET /api/v2/oauth/clients")).toBe(1);
  expect(genesys.calls.count()).toBe(2);
});

test("audit rows are kept for as long as the organisation is told to keep them", async () => {
  const { genesys, clock } = start({ auditDays: 14 });
  const day = 86_400;
  for (let n = 0; n < 40; n += 1) {
    genesys.world.addClient({ name: `client ${n}` });
    clock.pass(day);
  }
  const names = genesys.world.audits.all.map(({ entity }) => entity?.name);
  expect(names).toContain("client 26");
  expect(names).not.toContain("client 20");
});

test("what arrives is what JSON carries", () => {
  const values = fc.anything({
    withDate: true,
    withNullPrototype: false,
    withBigInt: false,
    withMap: false,
    withSet: false,
    withTypedArray: false,
    withObjectString: false,
    withSparseArray: false,
  });
  fc.assert(
    fc.property(fc.dictionary(fc.string(), values), (value) => {
      expect(asJson(value)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
