import type { Models } from "purecloud-platform-client-v2";
import { clientsPath, daySeconds, startCaller, stopSimulators } from "./caller.ts";
import { assumed, sources, verified } from "./marks.ts";

afterEach(stopSimulators);

type Client = Models.OAuthClient;

describe("creating a client", () => {
  verified(sources.sdk, "answers with all fields and, once, the secret", async () => {
    const { call, createClient, heldRole } = await startCaller();
    const created = await createClient({ description: "nightly" });
    expect(created).toMatchObject({
      name: "CRM Sync",
      description: "nightly",
      authorizedGrantType: "CLIENT-CREDENTIALS",
      accessTokenValiditySeconds: 86400,
      state: "active",
      roleDivisions: [{ roleId: heldRole(), divisionId: "*" }],
    });
    expect(created.secret.length).toBeGreaterThan(30);
    const { body } = await call<Client>("GET", `${clientsPath}/${created.id}`);
    expect(body).not.toHaveProperty("secret");
    const { secret: _, ...withoutSecret } = created;
    expect(body).toEqual(withoutSecret);
  });

  const refusals: [why: string, fields: object, code: string][] = [
    ["a name is missing", { name: undefined }, "bad.request"],
    ["the grant type is missing", { authorizedGrantType: undefined }, "grant.type.required"],
    ["the grant type has an underscore", { authorizedGrantType: "CLIENT_CREDENTIALS" }, "bad.grant.type"],
    ["client credentials have no role", { roleDivisions: [] }, "missing.client.roles"],
    [
      "client credentials have scopes for roles",
      { roleDivisions: undefined, scope: ["users"] },
      "missing.client.roles",
    ],
    ["a code grant has no scope", { authorizedGrantType: "CODE" }, "bad.request"],
    ["the lifetime is too short", { accessTokenValiditySeconds: 299 }, "invalid.value"],
    ["the lifetime is too long", { accessTokenValiditySeconds: 172801 }, "invalid.value"],
    ["the lifetime is a text", { accessTokenValiditySeconds: "3600" }, "bad.request"],
    ["the state is unknown", { state: "paused" }, "invalid.value"],
    ["the state is deleted", { state: "deleted" }, "invalid.value"],
    ["the role does not exist", { roleDivisions: [{ roleId: "none", divisionId: "*" }] }, "bad.request"],
    ["the date is none", { state: "inactive", dateToDelete: "soon" }, "invalid.value"],
  ];
  test.each(refusals)("is refused with 400 when %s", async (_why, fields, code) => {
    const { call, clientBody, world } = await startCaller();
    const before = world.clients.size;
    const { status, body } = await call("POST", clientsPath, clientBody(fields));
    expect({ status, code: body.code }).toEqual({ status: 400, code });
    expect(world.clients.size).toBe(before);
  });

  test.each([300, 172800])("takes a lifetime of %i seconds", async (accessTokenValiditySeconds) => {
    const { createClient } = await startCaller();
    expect(await createClient({ accessTokenValiditySeconds })).toMatchObject({ accessTokenValiditySeconds });
  });

  test("a body that is not JSON, or no object, is a 400", async () => {
    const { call } = await startCaller();
    expect((await call("POST", clientsPath, "{")).status).toBe(400);
    expect((await call("POST", clientsPath, "[]")).status).toBe(400);
  });

  verified(sources.swagger, "a body that does not call itself JSON is a 415", async () => {
    const { call, clientBody } = await startCaller();
    const answer = await call("POST", clientsPath, clientBody(), { "content-type": "text/plain" });
    expect(answer).toMatchObject({ status: 415, body: { code: "unsupported.media.type" } });
  });

  verified(
    sources.terraform,
    "the caller must hold every role that it gives, where it gives it",
    async () => {
      const { call, clientBody, world, genesys } = await startCaller({ divisions: ["North"] });
      const role = world.addRole("New role");
      const body = clientBody({ roleDivisions: [{ roleId: role.id, divisionId: "*" }] });
      expect(await call("POST", clientsPath, body)).toMatchObject({
        status: 403,
        body: { code: "not.authorized" },
      });

      const home = world.homeDivisionId;
      const own = world.clients.get(genesys.credentials.clientId)?.grants ?? [];
      world.clients.edit(genesys.credentials.clientId, { grants: [...own, world.grant(role.id, home)] });
      expect((await call("POST", clientsPath, body)).status).toBe(403);
      const inHome = clientBody({ roleDivisions: [{ roleId: role.id, divisionId: home }] });
      expect((await call("POST", clientsPath, inHome)).status).toBe(200);
    },
  );

  verified(sources.swagger, "a full organisation refuses another client and says its limit", async () => {
    const { call, clientBody, createClient } = await startCaller({ clientQuota: 2 });
    const { id } = await createClient();
    expect(await call("POST", clientsPath, clientBody())).toMatchObject({
      status: 400,
      body: { code: "auth.too.many.clients", limit: { namespace: "auth.api", value: 2 } },
    });
    await call("PUT", `${clientsPath}/${id}`, clientBody({ state: "inactive" }));
    expect((await call("POST", clientsPath, clientBody())).status).toBe(400);
    await call("DELETE", `${clientsPath}/${id}`);
    expect((await call("POST", clientsPath, clientBody())).status).toBe(200);
  });

  assumed("names need not be unique, roles said twice are one, and null is absent", async () => {
    const { createClient, heldRole } = await startCaller();
    const pair = { roleId: heldRole(), divisionId: "*" };
    await createClient();
    const twin = await createClient({ roleDivisions: [pair, pair], description: null });
    expect(twin.roleDivisions).toEqual([pair]);
    expect(twin).not.toHaveProperty("description");
  });

  assumed("the deprecated roleIds give the roles in the home division", async () => {
    const { call, clientBody, heldRole, world } = await startCaller();
    const body = clientBody({ roleDivisions: undefined, roleIds: [heldRole()] });
    const { body: created } = await call<Client>("POST", clientsPath, body);
    expect(created.roleDivisions).toEqual([{ roleId: heldRole(), divisionId: world.homeDivisionId }]);
  });
});

describe("changing a client", () => {
  assumed("PUT takes the whole client: what is left out goes back to its default", async () => {
    const { call, clientBody, createClient } = await startCaller();
    const { id } = await createClient({ description: "nightly", accessTokenValiditySeconds: 600 });
    const { body } = await call<Client>("PUT", `${clientsPath}/${id}`, clientBody({ name: "Renamed" }));
    expect(body).toMatchObject({ id, name: "Renamed", accessTokenValiditySeconds: 86400 });
    expect(body).not.toHaveProperty("description");
    expect(body).not.toHaveProperty("secret");
  });

  test("moves dateModified and names the caller, not dateCreated", async () => {
    const { call, clientBody, clock, createClient, world, genesys } = await startCaller();
    const { id, dateCreated } = await createClient();
    clock.pass(60);
    const { body } = await call<Client>("PUT", `${clientsPath}/${id}`, clientBody());
    expect(body.dateCreated).toBe(dateCreated);
    expect(Date.parse(body.dateModified ?? "") - Date.parse(dateCreated ?? "")).toBe(60_000);
    expect(body.modifiedBy).toEqual({ id: genesys.credentials.clientId });
    world.clients.edit(id, { name: "by hand" });
    expect(world.clients.get(id)?.modifiedBy).toBe(world.admin.userId);
  });

  test("a client that is not there is a 404", async () => {
    const { call, clientBody } = await startCaller();
    for (const [method, suffix, body] of [
      ["GET", "", undefined],
      ["PUT", "", clientBody()],
      ["DELETE", "", undefined],
      ["POST", "/secret", undefined],
    ] as const) {
      const answer = await call(method, `${clientsPath}/none${suffix}`, body);
      expect(answer).toMatchObject({ status: 404, body: { code: "not.found" } });
    }
  });

  verified(sources.sdk, "a new secret replaces the old one at once", async () => {
    const { call, createClient, requestToken } = await startCaller();
    const { id, secret } = await createClient();
    const { body } = await call<Client>("POST", `${clientsPath}/${id}/secret`);
    expect(body).toMatchObject({ id, name: "CRM Sync" });
    expect(body.secret).not.toBe(secret);
    expect((await requestToken({ clientId: id, clientSecret: secret })).status).toBe(400);
    expect((await requestToken({ clientId: id, clientSecret: body.secret ?? "" })).status).toBe(200);
  });
});

describe("deleting a client", () => {
  verified(sources.cli, "takes two steps: only an inactive client can be deleted", async () => {
    const { call, clientBody, createClient, world } = await startCaller();
    const { id } = await createClient();
    expect(await call("DELETE", `${clientsPath}/${id}`)).toMatchObject({
      status: 400,
      body: { code: "cannot.delete.client" },
    });
    await call("PUT", `${clientsPath}/${id}`, clientBody({ state: "inactive" }));
    expect((await call("DELETE", `${clientsPath}/${id}`)).status).toBe(204);
    expect((await call("GET", `${clientsPath}/${id}`)).status).toBe(404);
    expect(world.deletedClients.get(id)?.state).toBe("deleted");
    expect(world.isPristine()).toBe(true);
  });

  verified(sources.python, "the platform deletes a client itself at its dateToDelete", async () => {
    const { call, clientBody, clock, createClient } = await startCaller();
    const { id } = await createClient();
    const dateToDelete = new Date(clock.now + 3600_000).toISOString();
    await call("PUT", `${clientsPath}/${id}`, clientBody({ state: "inactive", dateToDelete }));
    clock.pass(3599);
    expect((await call<Client>("GET", `${clientsPath}/${id}`)).body.dateToDelete).toBe(dateToDelete);
    clock.pass(1);
    expect((await call("GET", `${clientsPath}/${id}`)).status).toBe(404);
  });

  assumed("asking twice for the deletion of an old client does not put it off", async () => {
    const { call, clientBody, clock, createClient } = await startCaller();
    const { id } = await createClient();
    clock.pass(31 * daySeconds);
    await call("PUT", `${clientsPath}/${id}`, clientBody({ state: "inactive" }));
    const first = await call<Client>("GET", `${clientsPath}/${id}`);
    clock.pass(daySeconds);
    expect((await call("DELETE", `${clientsPath}/${id}`)).status).toBe(204);
    const second = await call<Client>("GET", `${clientsPath}/${id}`);
    expect(second.body.dateToDelete).toBe(first.body.dateToDelete);
  });

  verified(sources.help, "a client on its way out can be brought back", async () => {
    const { call, clientBody, clock, createClient, requestToken } = await startCaller();
    const { id, secret } = await createClient();
    await call("PUT", `${clientsPath}/${id}`, clientBody({ state: "inactive" }));
    expect((await requestToken({ clientId: id, clientSecret: secret })).status).toBe(400);
    const { body } = await call<Client>("PUT", `${clientsPath}/${id}`, clientBody());
    expect(body.state).toBe("active");
    expect(body).not.toHaveProperty("dateToDelete");
    clock.pass(30 * daySeconds);
    expect((await requestToken({ clientId: id, clientSecret: secret })).status).toBe(200);
  });
});

test("the list has every client and no secret", async () => {
  const { call, createClient, genesys } = await startCaller();
  const ids = [genesys.credentials.clientId];
  for (let i = 0; i < 30; i++) ids.push((await createClient({ name: `client ${i}` })).id);
  const { body } = await call<Models.OAuthClientEntityListing>("GET", clientsPath);
  expect(body).toMatchObject({ total: 31, pageCount: 1, pageNumber: 1 });
  expect(body.entities?.map(({ id }) => id).sort()).toEqual(ids.sort());
  expect(JSON.stringify(body)).not.toContain('"secret"');
});

test("scopes are listed", async () => {
  const { call } = await startCaller();
  const { body } = await call<Models.OAuthScopeListing>("GET", "/api/v2/oauth/scopes");
  expect(body.entities?.map(({ id }) => id)).toEqual(expect.arrayContaining(["users", "users:readonly"]));
  expect((await call("GET", "/api/v2/oauth/scopes/users:readonly")).status).toBe(200);
  expect((await call("GET", "/api/v2/oauth/scopes/view_users")).status).toBe(404);
});
