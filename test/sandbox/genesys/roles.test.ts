import type { Models } from "purecloud-platform-client-v2";
import { clientsPath, startCaller, stopSimulators } from "./caller.ts";
import { assumed, sources, verified } from "./marks.ts";

afterEach(stopSimulators);

type Role = Models.DomainOrganizationRole;
const rolesPath = "/api/v2/authorization/roles";
const divisionsPath = "/api/v2/authorization/divisions";
const subjectsPath = "/api/v2/authorization/subjects";
const policies = [{ domain: "oauth", entityName: "client", actionSet: ["view", "add"] }];

describe("roles", () => {
  test("live from creation over a change to their deletion", async () => {
    const { call, world } = await startCaller();
    const created = await call<Role>("POST", rolesPath, {
      name: "AWS_Secrets_Rotator",
      permissionPolicies: policies,
    });
    expect(created).toMatchObject({
      status: 200,
      body: { name: "AWS_Secrets_Rotator", permissionPolicies: policies, permissions: [], default: false },
    });
    const { id } = created.body;
    const changed = await call<Role>("PUT", `${rolesPath}/${id}`, {
      name: "Rotator",
      description: "rotates",
    });
    expect(changed.body).toMatchObject({
      id,
      name: "Rotator",
      description: "rotates",
      permissionPolicies: [],
    });
    expect((await call("DELETE", `${rolesPath}/${id}`)).status).toBe(204);
    expect((await call("GET", `${rolesPath}/${id}`)).status).toBe(404);
    expect(world.isPristine()).toBe(true);
  });

  assumed("have unique names, whatever the case", async () => {
    const { call, world } = await startCaller();
    const role = world.addRole("CRM Reader");
    world.addRole("Other");
    expect((await call("POST", rolesPath, { name: "crm reader" })).status).toBe(409);
    expect((await call("PUT", `${rolesPath}/${role.id}`, { name: "Other" })).status).toBe(409);
    expect((await call("PUT", `${rolesPath}/${role.id}`, { name: "CRM Reader" })).status).toBe(200);
  });

  assumed("of the platform itself can be neither changed nor deleted", async () => {
    const { call, world } = await startCaller();
    const id = world.roleNamed("employee")?.id;
    for (const method of ["PUT", "DELETE"]) {
      const answer = await call(method, `${rolesPath}/${id}`, method === "PUT" ? { name: "x" } : undefined);
      expect(answer).toMatchObject({ status: 400, body: { code: "cannot.modify.default.role" } });
    }
  });

  test("are found by name, with asterisks, and by id", async () => {
    const { call, world } = await startCaller();
    const role = world.addRole("CRM Reader");
    const names = async (query: string) => {
      const { body } = await call<Models.OrganizationRoleEntityListing>("GET", `${rolesPath}?${query}`);
      return (body.entities ?? []).map(({ name }) => name);
    };
    expect(await names("name=crm%20reader")).toEqual(["CRM Reader"]);
    expect(await names("name=crm*")).toEqual(["CRM Reader"]);
    expect(await names(`id=${role.id}`)).toEqual(["CRM Reader"]);
    expect((await names("pageSize=100")).length).toBe(world.roles.size);
  });

  verified(sources.swagger, "are asked for by at most 100 ids", async () => {
    const { call } = await startCaller();
    const ids = Array.from({ length: 101 }, (_, i) => `id=${i}`).join("&");
    expect(await call("GET", `${rolesPath}?${ids}`)).toMatchObject({
      status: 400,
      body: { code: "max.role.ids" },
    });
  });

  test("need whole policies", async () => {
    const { call } = await startCaller();
    for (const policy of [
      { domain: "oauth" },
      { domain: "oauth", entityName: "client", actionSet: [] },
      "oauth",
    ]) {
      const answer = await call("POST", rolesPath, { name: "Broken", permissionPolicies: [policy] });
      expect(answer.status).toBe(400);
    }
  });

  test("take what they permitted with them when they are deleted", async () => {
    const { call, world, loginWith, send } = await startCaller();
    const { id, token } = await loginWith("routing:queue:view");
    const roleId = world.clients.get(id)?.grants[0]?.roleId;
    expect((await send(token, "GET", "/api/v2/routing/queues")).status).toBe(200);
    await call("DELETE", `${rolesPath}/${roleId}`);
    expect((await send(token, "GET", "/api/v2/routing/queues")).status).toBe(403);
    expect(world.clients.get(id)?.grants).toEqual([]);
  });
});

test("a role or a division that is not there is a 404 for every operation on it", async () => {
  const { call } = await startCaller();
  for (const path of [`${rolesPath}/none`, `${divisionsPath}/none`]) {
    expect((await call("GET", path)).status).toBe(404);
    expect((await call("PUT", path, { name: "x" })).status).toBe(404);
    expect((await call("DELETE", path)).status).toBe(404);
  }
});

describe("divisions", () => {
  test("live from creation over a change to their deletion", async () => {
    const { call, world } = await startCaller();
    const created = await call<Models.AuthzDivision>("POST", divisionsPath, {
      name: "North",
      description: "",
    });
    const { id } = created.body;
    const changed = await call("PUT", `${divisionsPath}/${id}`, { name: "Far North", description: "cold" });
    expect(changed).toMatchObject({ status: 200, body: { id, name: "Far North", description: "cold" } });
    expect(await call("GET", `${divisionsPath}/${id}`)).toMatchObject({
      status: 200,
      body: { homeDivision: false },
    });
    expect((await call("POST", divisionsPath, { name: "far north" })).status).toBe(409);
    expect((await call("DELETE", `${divisionsPath}/${id}`)).status).toBe(204);
    expect((await call("GET", `${divisionsPath}/${id}`)).status).toBe(404);
    expect(world.isPristine()).toBe(true);
  });

  test("are found by name; one of them is Home", async () => {
    const { call, world } = await startCaller({ divisions: ["North"] });
    const listed = await call<Models.AuthzDivisionEntityListing>("GET", `${divisionsPath}?name=nor`);
    expect(listed.body.entities).toMatchObject([{ name: "North" }]);
    const home = await call<Models.AuthzDivision>("GET", `${divisionsPath}/home`);
    expect(home.body).toMatchObject({ id: world.homeDivisionId, name: "Home", homeDivision: true });
  });

  assumed("that are Home or in use cannot be deleted", async () => {
    const { call, world } = await startCaller({ divisions: ["North"] });
    const north = world.divisions.find(({ name }) => name === "North")?.id ?? "";
    world.addQueue({ name: "Sales", divisionId: north });
    for (const id of [world.homeDivisionId, north]) {
      expect((await call("DELETE", `${divisionsPath}/${id}`)).status).toBe(400);
    }
    const counted = await call<Models.AuthzDivision>("GET", `${divisionsPath}/${north}?objectCount=true`);
    expect(counted.body.objectCounts).toEqual({ USER: 0, QUEUE: 1 });
    expect((await call("DELETE", `${divisionsPath}/${north}?force=true`)).status).toBe(204);
  });
});

describe("grants", () => {
  verified(sources.python, "of a client are its roles; the subject's type must be said", async () => {
    const { call, createClient, world } = await startCaller();
    const { id } = await createClient();
    const role = world.addRole("CRM Reader");
    const grants = [{ roleId: role.id, divisionId: "*" }];
    expect((await call("POST", `${subjectsPath}/${id}/bulkadd`, { grants })).status).toBe(404);
    expect(
      (await call("POST", `${subjectsPath}/${id}/bulkadd?subjectType=PC_ROBOT`, { grants })).status,
    ).toBe(400);
    const path = `${subjectsPath}/${id}/bulkadd?subjectType=PC_OAUTH_CLIENT`;
    expect((await call("POST", path, { grants })).status).toBe(204);
    expect((await call("POST", path, { grants })).status).toBe(204);
    const { body } = await call<Models.OAuthClient>("GET", `${clientsPath}/${id}`);
    expect(body.roleDivisions).toHaveLength(2);
    const subject = await call<Models.AuthzSubject>("GET", `${subjectsPath}/${id}`);
    expect(subject.body.grants?.map((grant) => grant.role?.name)).toEqual(["Supervisor", "CRM Reader"]);
    expect((await call("POST", `${subjectsPath}/${id}/bulkremove`, { grants })).status).toBe(204);
    expect(world.clients.get(id)?.grants).toHaveLength(1);
  });

  verified(sources.help, "bulkreplace wipes what was there, but nobody stops being an employee", async () => {
    const { call, world } = await startCaller();
    const { body } = await call<Models.User>("POST", "/api/v2/users", {
      name: "System Backup",
      email: "backup@acme.example",
      divisionId: world.homeDivisionId,
    });
    const grant = (name: string) => ({
      roleId: world.roleNamed(name)?.id ?? "",
      divisionId: world.homeDivisionId,
    });
    const names = () =>
      world.users.get(body.id ?? "")?.grants.map(({ roleId }) => world.roles.get(roleId)?.name);
    await call("POST", `${subjectsPath}/${body.id}/bulkadd`, { grants: [grant("Supervisor")] });
    expect(names()).toEqual(["employee", "Supervisor"]);
    await call("POST", `${subjectsPath}/${body.id}/bulkreplace`, { grants: [grant("Developer")] });
    expect(names()).toEqual(["employee", "Developer"]);
    await call("POST", `${subjectsPath}/${body.id}/bulkremove`, {
      grants: [grant("employee"), grant("Developer")],
    });
    expect(names()).toEqual(["employee"]);
  });

  test("of unknown subjects, roles and divisions are refused", async () => {
    const { call, genesys, heldRole } = await startCaller();
    const path = `${subjectsPath}/${genesys.credentials.clientId}/bulkadd?subjectType=PC_OAUTH_CLIENT`;
    const add = (roleId: string, divisionId: string) =>
      call("POST", path, { grants: [{ roleId, divisionId }] });
    expect((await add("none", "*")).status).toBe(400);
    expect((await add(heldRole(), "none")).status).toBe(400);
    expect((await call("GET", `${subjectsPath}/none`)).status).toBe(404);
  });
});
