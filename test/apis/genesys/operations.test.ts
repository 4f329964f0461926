import { readdirSync, readFileSync } from "node:fs";
import type { GenesysApi } from "../../../apis/genesys/api.ts";
import { credentials } from "../../../apis/genesys/credentials.ts";
import { divisions } from "../../../apis/genesys/divisions.ts";
import { grants } from "../../../apis/genesys/grants.ts";
import { integrations } from "../../../apis/genesys/integrations.ts";
import { oauthClients } from "../../../apis/genesys/oauth-clients.ts";
import { organization } from "../../../apis/genesys/organization.ts";
import { queues } from "../../../apis/genesys/queues.ts";
import { roles } from "../../../apis/genesys/roles.ts";
import type { Session } from "../../../apis/genesys/session.ts";
import { users } from "../../../apis/genesys/users.ts";
import type { Call } from "../../../apis/http/call.ts";

const folder = "node_modules/purecloud-platform-client-v2/src/purecloud-platform-client-v2/api";

/** The vendor's operations, `VERB route` to the names of their query parameters. */
const vendorOperations = new Map(
  readdirSync(folder).flatMap((file) =>
    [
      ...readFileSync(`${folder}/${file}`, "utf8").matchAll(
        /callApi\(\s*'([^']+)',\s*'(\w+)',\s*\{[^}]*\},\s*\{(.*)\},\s*\n/g,
      ),
    ].map(
      ([, route, verb, query = ""]) =>
        [`${verb} ${route}`, [...query.matchAll(/'(\w+)':/g)].map(([, name]) => name)] as const,
    ),
  ),
);

const made: Call[] = [];
const session = {
  call: async (call: Call) => {
    made.push(call);
    return {};
  },
  callerId: () => "0",
  login: async () => undefined,
} as Session;
const api: GenesysApi = {
  session: { login: session.login },
  oauthClients: oauthClients(session),
  grants: grants(session),
  roles: roles(session),
  divisions: divisions(session),
  users: users(session),
  queues: queues(session),
  integrations: integrations(session),
  credentials: credentials(session),
  organization: organization(session),
};

const type = { id: "amazon-eventbridge-source" };
const client = { name: "crm", authorizedGrantType: "CLIENT-CREDENTIALS" };
const config = { name: "i", version: 1, properties: {}, advanced: {}, notes: "", credentials: {} };

const calls: Record<string, () => Promise<unknown>> = {
  "oauthClients.list": () => api.oauthClients.list(),
  "oauthClients.get": () => api.oauthClients.get("1"),
  "oauthClients.create": () => api.oauthClients.create(client),
  "oauthClients.update": () => api.oauthClients.update("1", client),
  "oauthClients.delete": () => api.oauthClients.delete("1"),
  "oauthClients.resetSecret": () => api.oauthClients.resetSecret("1"),
  "oauthClients.startUsageQuery": () => api.oauthClients.startUsageQuery("1", "a/b"),
  "oauthClients.usageQueryResult": () => api.oauthClients.usageQueryResult("1", "2"),
  "grants.addToCaller": () => api.grants.addToCaller([{ roleId: "r", divisionId: "*" }]),
  "roles.list": () => api.roles.list(),
  "roles.get": () => api.roles.get("1"),
  "roles.create": () => api.roles.create({ name: "r" }),
  "roles.update": () => api.roles.update("1", { name: "r" }),
  "roles.delete": () => api.roles.delete("1"),
  "divisions.list": () => api.divisions.list(),
  "divisions.home": () => api.divisions.home(),
  "users.findByEmail": () => api.users.findByEmail("a@b.example"),
  "users.get": () => api.users.get("1"),
  "users.get deleted": () => api.users.get("1", { state: "deleted" }),
  "users.create": () => api.users.create({ name: "A", email: "a@b.example", divisionId: "d" }),
  "users.update": () => api.users.update("1", { version: 1 }),
  "users.delete": () => api.users.delete("1"),
  "queues.findByName": () => api.queues.findByName("q"),
  "queues.get": () => api.queues.get("1"),
  "queues.create": () => api.queues.create({ name: "q" }),
  "queues.update": () => api.queues.update("1", { name: "q" }),
  "queues.delete": () => api.queues.delete("1", { forceDelete: true }),
  "integrations.list": () => api.integrations.list(),
  "integrations.get": () => api.integrations.get("1"),
  "integrations.create": () => api.integrations.create({ name: "i", integrationType: type }),
  "integrations.setState": () => api.integrations.setState("1", { intendedState: "ENABLED" }),
  "integrations.config": () => api.integrations.config("1"),
  "integrations.updateConfig": () => api.integrations.updateConfig("1", config),
  "integrations.delete": () => api.integrations.delete("1"),
  "credentials.list": () => api.credentials.list(),
  "credentials.get": () => api.credentials.get("1"),
  "credentials.create": () =>
    api.credentials.create({ name: "c", type: { name: "t" }, credentialFields: {} }),
  "credentials.update": () => api.credentials.update("1", { type: { name: "t" }, credentialFields: {} }),
  "credentials.delete": () => api.credentials.delete("1"),
  "organization.me": () => api.organization.me(),
  "organization.authenticationSettings": () => api.organization.authenticationSettings(),
  "organization.updateAuthenticationSettings": () => api.organization.updateAuthenticationSettings({}),
  "organization.limits": () => api.organization.limits("auth.api"),
};

beforeEach(() => {
  made.length = 0;
});

test("the vendor's SDK was understood", () => {
  expect(vendorOperations.size).toBeGreaterThan(2_500);
});

test("every call of the interface is in this list", () => {
  // Logging in is the session's own call, of the token endpoint.
  const { session: _, ...groups } = api;
  const all = Object.entries(groups).flatMap(([group, operations]) =>
    Object.keys(operations).map((operation) => `${group}.${operation}`),
  );
  expect(new Set(Object.keys(calls).map((name) => name.split(" ")[0]))).toEqual(new Set(all));
});

test.each(Object.entries(calls))("%s is an operation of the vendor's SDK", async (_, run) => {
  await run();
  expect(made).toHaveLength(1);
  for (const { method, route, query = {}, params = {} } of made) {
    expect([...vendorOperations.keys()]).toContain(`${method} ${route}`);
    expect(vendorOperations.get(`${method} ${route}`)).toEqual(expect.arrayContaining(Object.keys(query)));
    expect(Object.keys(params)).toEqual([...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  }
});

test("only what is harmless twice is repeated blindly", async () => {
  for (const run of Object.values(calls)) await run();
  const repeated = made
    .filter(
      ({ method, effect }) => (method === "POST" || method === "PATCH") && (effect ?? "once") !== "once",
    )
    .map(({ method, route }) => `${method} ${route}`);
  expect(repeated).toEqual([
    "POST /api/v2/oauth/clients/{clientId}/usage/query",
    "POST /api/v2/authorization/subjects/{subjectId}/bulkadd",
    "POST /api/v2/users/search",
    "PATCH /api/v2/integrations/{integrationId}",
    "PATCH /api/v2/organizations/authentication/settings",
  ]);
});
