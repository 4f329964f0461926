import { randomBytes } from "node:crypto";
import type { GenesysApi } from "../../../apis/genesys/api.ts";
import { createGenesysApi } from "../../../apis/genesys/create.ts";
import {
  AmbiguousOutcomeError,
  CannotDeleteActiveClientError,
  InvalidCredentialsError,
  InvalidRequestError,
  MissingPermissionError,
  NotFoundError,
  QuotaReachedError,
  RoleNotHeldError,
  WrongGrantTypeError,
} from "../../../apis/genesys/errors.ts";
import { type GenesysOptions, type GenesysSimulator, startGenesys } from "../../../sandbox/genesys/index.ts";
import { virtualTime } from "../virtual-time.ts";

let genesys: GenesysSimulator;
let api: GenesysApi;
afterEach(() => genesys.close());

const start = async (options: GenesysOptions = {}, environment: Record<string, string> = {}) => {
  const time = virtualTime();
  genesys = await startGenesys({ clock: time.transport.now, ...options });
  api = createGenesysApi({
    environment: { ...genesys.environment(), ...environment },
    transport: time.transport,
  });
  return time;
};

/** The grant of a role that the deploy client holds. */
const heldRole = async () => {
  const [role] = (await api.roles.list()).filter(({ name }) => name === "CRM Reader");
  return [{ roleId: role?.id ?? "", divisionId: "*" }];
};
const roles = [{ name: "CRM Reader", permissionPolicies: [] }];

const request = (name: string, more: object = {}) => ({
  name,
  authorizedGrantType: "CLIENT-CREDENTIALS",
  accessTokenValiditySeconds: 3600,
  ...more,
});

test("a client lives from creation over a change and a new secret to its deletion in two steps", async () => {
  await start({ roles });
  const roleDivisions = await heldRole();
  const created = await api.oauthClients.create(request("crm", { roleDivisions }));
  const id = created.id ?? "";
  expect(created.secret).toBeTruthy();

  expect(await api.oauthClients.get(id)).toMatchObject({ name: "crm", roleDivisions });
  expect((await api.oauthClients.list()).map((client) => client.id)).toContain(id);

  const changed = request("crm 2", { roleDivisions, description: "changed" });
  expect(await api.oauthClients.update(id, changed)).toMatchObject({ name: "crm 2", description: "changed" });
  const reset = await api.oauthClients.resetSecret(id);
  expect(reset.secret).toBeTruthy();
  expect(reset.secret).not.toBe(created.secret);

  await expect(api.oauthClients.delete(id)).rejects.toThrow(CannotDeleteActiveClientError);
  await api.oauthClients.update(id, { ...changed, state: "inactive" });
  await api.oauthClients.delete(id);
  await expect(api.oauthClients.get(id)).rejects.toThrow(NotFoundError);
});

test("a role lives from creation to deletion, and divisions are listed", async () => {
  await start({ divisions: ["North", "South"] });
  const policies = [{ domain: "routing", entityName: "queue", actionSet: ["view"] }];
  const role = await api.roles.create({ name: "Reader", permissionPolicies: policies });
  const id = role.id ?? "";
  await api.roles.update(id, { name: "Reader 2", permissionPolicies: policies });
  expect(await api.roles.get(id)).toMatchObject({ name: "Reader 2" });
  await api.roles.delete(id);
  await expect(api.roles.get(id)).rejects.toThrow(NotFoundError);

  const home = await api.divisions.home();
  const names = (await api.divisions.list()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([home.name, "North", "South"]));
});

test("a list of 250 roles is complete", async () => {
  await start({ roles: Array.from({ length: 250 }, (_, i) => ({ name: `Role ${i}` })) });
  const names = (await api.roles.list()).map(({ name }) => name);
  expect(names.filter((name) => name?.startsWith("Role "))).toHaveLength(250);
  expect(new Set(names).size).toBe(names.length);
});

test("a created object whose answer was lost is there, and the caller is told to look", async () => {
  await start({ roles });
  const roleDivisions = await heldRole();
  genesys.faults.add({
    fault: { kind: "dropAfter" },
    method: "POST",
    route: "/api/v2/oauth/clients",
    times: 1,
  });
  await expect(api.oauthClients.create(request("lost", { roleDivisions }))).rejects.toThrow(
    AmbiguousOutcomeError,
  );
  expect((await api.oauthClients.list()).filter(({ name }) => name === "lost")).toHaveLength(1);
});

test("a change whose answer was lost is made again, to the same end", async () => {
  await start({ roles });
  const roleDivisions = await heldRole();
  const { id = "" } = await api.oauthClients.create(request("crm", { roleDivisions }));
  genesys.faults.add({ fault: { kind: "dropAfter" }, method: "PUT", times: 1 });
  expect(await api.oauthClients.update(id, request("crm 2", { roleDivisions }))).toMatchObject({
    name: "crm 2",
  });
});

test("under the platform's rate limit, 1,000 calls succeed by waiting as long as it asks", async () => {
  const { pauses } = await start();
  await Promise.all(Array.from({ length: 1_000 }, () => api.organization.me()));
  expect(genesys.calls.count("POST /oauth/token")).toBe(1);
  expect(pauses.length).toBeGreaterThan(0);
  expect(genesys.calls.all.filter(({ status }) => status === 429).length).toBe(pauses.length);
}, 60_000);

test("a full organisation says so, with the limit", async () => {
  await start({ roles, clientQuota: 1 });
  const create = async () => api.oauthClients.create(request("crm", { roleDivisions: await heldRole() }));
  await expect(create()).rejects.toThrow(QuotaReachedError);
});

test("a role that the caller does not hold cannot be given", async () => {
  await start();
  const admin = (await api.roles.list()).find(({ name }) => name === "Admin");
  const roleDivisions = [{ roleId: admin?.id ?? "", divisionId: "*" }];
  await expect(api.oauthClients.create(request("crm", { roleDivisions }))).rejects.toThrow(RoleNotHeldError);
});

test("a client without roles is refused with the platform's reason", async () => {
  await start();
  await expect(api.oauthClients.create(request("crm"))).rejects.toThrow(InvalidRequestError);
  await expect(api.oauthClients.create(request("crm"))).rejects.toThrow("missing.client.roles");
});

test("a wrong secret is told from every other mistake, and says to check the region", async () => {
  await start({}, { GENESYSCLOUD_OAUTHCLIENT_SECRET: randomBytes(32).toString("base64url") });
  await expect(api.oauthClients.list()).rejects.toThrow(InvalidCredentialsError);
  await expect(api.oauthClients.list()).rejects.toThrow("that the region is the organisation's own");
});

test("a client of another grant type cannot log in", async () => {
  await start();
  const code = await api.oauthClients.create({
    name: "app",
    authorizedGrantType: "CODE",
    scope: ["users:readonly"],
    registeredRedirectUri: ["https://app.example/callback"],
  });
  const other = createGenesysApi({
    environment: {
      ...genesys.environment(),
      GENESYSCLOUD_OAUTHCLIENT_ID: code.id ?? "",
      GENESYSCLOUD_OAUTHCLIENT_SECRET: code.secret ?? "",
    },
  });
  await expect(other.oauthClients.list()).rejects.toThrow(WrongGrantTypeError);
});

test("a client without a permission is told which", async () => {
  await start({ roles });
  const weak = await api.oauthClients.create(request("weak", { roleDivisions: await heldRole() }));
  const other = createGenesysApi({
    environment: {
      ...genesys.environment(),
      GENESYSCLOUD_OAUTHCLIENT_ID: weak.id ?? "",
      GENESYSCLOUD_OAUTHCLIENT_SECRET: weak.secret ?? "",
    },
  });
  await expect(other.oauthClients.list()).rejects.toThrow(MissingPermissionError);
  await expect(other.oauthClients.list()).rejects.toThrow("lack the permission oauth:client:view");
});

test("tokens that were revoked are replaced without anybody noticing", async () => {
  await start();
  await api.oauthClients.list();
  genesys.world.tokens.revokeAllOf(genesys.credentials.clientId);
  await Promise.all([api.oauthClients.list(), api.roles.list(), api.divisions.list()]);
  expect(genesys.calls.count("POST /oauth/token")).toBe(2);
});

test("the organisation and its limits can be read", async () => {
  await start({ clientQuota: 321 });
  expect((await api.organization.me()).id).toBeTruthy();
  expect(Object.values(await api.organization.limits("auth.api"))).toContain(321);
});
