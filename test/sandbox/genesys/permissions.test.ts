import fc from "fast-check";
import { permits, toPolicies } from "../../../sandbox/genesys/permissions.ts";
import { clientsPath, startCaller, stopSimulators } from "./caller.ts";
import { assumed, sources, verified } from "./marks.ts";

afterEach(stopSimulators);

verified(sources.swagger, "a call without its permission is a 403 that names it", async () => {
  const { loginWith, send } = await startCaller();
  const { token } = await loginWith("routing:queue:view");
  expect(await send(token, "GET", clientsPath)).toMatchObject({
    status: 403,
    body: {
      code: "missing.any.permissions",
      messageParams: { permissions: "oauth:client:view" },
    },
  });
  expect((await send(token, "GET", "/api/v2/routing/queues")).status).toBe(200);
});

verified(sources.python, "an operation that needs two permissions names the one that lacks", async () => {
  const { loginWith, send } = await startCaller();
  const { token } = await loginWith("authorization:division:add");
  const body = { name: "North", description: "" };
  expect(await send(token, "POST", "/api/v2/authorization/divisions", body)).toMatchObject({
    status: 403,
    body: { code: "missing.permissions", messageParams: { permissions: "authorization:grant:add" } },
  });
});

const needed: [permission: string, method: string, path: string][] = [
  ["oauth:client:view", "GET", clientsPath],
  ["oauth:client:add", "POST", clientsPath],
  ["oauth:client:edit", "PUT", `${clientsPath}/x`],
  ["oauth:client:edit", "POST", `${clientsPath}/x/secret`],
  ["oauth:client:delete", "DELETE", `${clientsPath}/x`],
  ["authorization:role:view", "GET", "/api/v2/authorization/roles"],
  ["authorization:role:add", "POST", "/api/v2/authorization/roles"],
  ["authorization:role:edit", "PUT", "/api/v2/authorization/roles/x"],
  ["authorization:role:delete", "DELETE", "/api/v2/authorization/roles/x"],
  ["authorization:grant:view", "GET", "/api/v2/authorization/subjects/x"],
  ["authorization:grant:add", "POST", "/api/v2/authorization/subjects/x/bulkadd"],
  ["authorization:grant:delete", "POST", "/api/v2/authorization/subjects/x/bulkremove"],
  ["directory:user:add", "POST", "/api/v2/users"],
  ["directory:user:view", "POST", "/api/v2/users/search"],
  ["directory:user:edit", "PATCH", "/api/v2/users/x"],
  ["directory:user:delete", "DELETE", "/api/v2/users/x"],
  ["directory:user:setPassword", "POST", "/api/v2/users/x/password"],
  ["routing:queue:view", "GET", "/api/v2/routing/queues"],
  ["routing:queue:add", "POST", "/api/v2/routing/queues"],
  ["routing:queue:edit", "PUT", "/api/v2/routing/queues/x"],
  ["routing:queue:delete", "DELETE", "/api/v2/routing/queues/x"],
  ["integrations:integration:view", "GET", "/api/v2/integrations"],
  ["integrations:integration:add", "POST", "/api/v2/integrations"],
  ["integrations:integration:edit", "PUT", "/api/v2/integrations/x/config/current"],
  ["integrations:integration:delete", "DELETE", "/api/v2/integrations/x"],
  ["integrations:integration:add", "POST", "/api/v2/integrations/credentials"],
  ["directory:organization:admin", "GET", "/api/v2/organizations/authentication/settings"],
  ["directory:organization:admin", "PATCH", "/api/v2/organizations/authentication/settings"],
  ["audits:audit:view", "POST", "/api/v2/audits/query"],
  ["oauth:client:view", "POST", "/api/v2/usage/query"],
];
test.each(needed)("%s is what %s %s asks for", async (permission, method, path) => {
  const { loginWith, send } = await startCaller();
  const without = await loginWith("routing:skill:view");
  const withIt = await loginWith(permission);
  const body = method === "GET" ? undefined : {};
  expect((await send(without.token, method, path, body)).status).toBe(403);
  expect((await send(withIt.token, method, path, body)).status).not.toBe(403);
});

verified(sources.python, "users, divisions, limits and the organisation need a token alone", async () => {
  const { loginWith, send } = await startCaller();
  const { token } = await loginWith("routing:skill:view");
  for (const path of [
    "/api/v2/users",
    "/api/v2/authorization/divisions",
    "/api/v2/authorization/divisions/home",
    "/api/v2/organizations/me",
    "/api/v2/organizations/limits/namespaces/auth.api",
  ]) {
    expect((await send(token, "GET", path)).status).toBe(200);
  }
});

assumed("a change of roles shows only after some checks, where the lag says so", async () => {
  const { world, loginWith, send } = await startCaller({ lag: { permissionChecks: 2 } });
  const { id, token } = await loginWith("routing:skill:view");
  const path = "/api/v2/routing/queues";
  expect((await send(token, "GET", path)).status).toBe(403);
  world.clients.edit(id, { grants: [world.grant(world.roleNamed("Supervisor")?.id ?? "", "*")] });
  expect((await send(token, "GET", path)).status).toBe(403);
  expect((await send(token, "GET", path)).status).toBe(403);
  expect((await send(token, "GET", path)).status).toBe(200);
});

test("policies made of permissions give those and no others", () => {
  const part = fc.constantFrom("a", "b", "c");
  const permission = fc.tuple(part, part, part).map((parts) => parts.join(":"));
  fc.assert(
    fc.property(fc.array(permission), permission, (given, wanted) => {
      expect(permits(toPolicies(given), wanted)).toBe(given.includes(wanted));
    }),
    { seed: 20260917, numRuns: 300 },
  );
});

test("a star in a policy covers everything in its place", () => {
  const policies = [{ domain: "oauth", entityName: "*", actionSet: ["*"] }];
  expect(permits(policies, "oauth:client:delete")).toBe(true);
  expect(permits(policies, "authorization:role:view")).toBe(false);
});
