import platformClient from "purecloud-platform-client-v2";
import { startCaller, stopSimulators } from "./caller.ts";

/** The vendor's own JavaScript SDK, pointed at the simulator by its gateway setting, as a customer would use it. */
const startSdk = async () => {
  const caller = await startCaller();
  const client = platformClient.ApiClient.instance;
  client.config.live_reload_config = false;
  const { hostname, port } = new URL(caller.genesys.url);
  client.setGateway({ host: hostname, protocol: "http", port: Number(port) });
  const { clientId, clientSecret } = caller.genesys.credentials;
  return { ...caller, client, login: () => client.loginClientCredentialsGrant(clientId, clientSecret) };
};

afterEach(stopSimulators);

test("logs in with client credentials, and fails with a wrong secret", async () => {
  const { client, genesys, login } = await startSdk();
  const { accessToken } = await login();
  expect(accessToken).toBeTruthy();
  await expect(
    client.loginClientCredentialsGrant(genesys.credentials.clientId, "wrong"),
  ).rejects.toMatchObject({
    response: { status: 400, data: { error: "invalid_client" } },
  });
});

test("leads a client from its creation to its deletion", async () => {
  const { login, clientBody, world } = await startSdk();
  await login();
  const api = new platformClient.OAuthApi();
  const created = await api.postOauthClients(clientBody());
  const id = created.id ?? "";
  expect(created.secret).toBeTruthy();
  expect((await api.getOauthClients()).entities?.map((client) => client.id)).toContain(id);
  const reset = await api.postOauthClientSecret(id);
  expect(reset.secret).not.toBe(created.secret);
  await expect(api.deleteOauthClient(id)).rejects.toMatchObject({
    status: 400,
    code: "cannot.delete.client",
  });
  const changed = await api.putOauthClient(id, clientBody({ state: "inactive" }));
  expect(changed.state).toBe("inactive");
  await api.deleteOauthClient(id);
  await expect(api.getOauthClient(id)).rejects.toMatchObject({ status: 404 });
  expect(world.isPristine()).toBe(true);
});

test("creates, changes, deletes and restores a user", async () => {
  const { login, world } = await startSdk();
  await login();
  const api = new platformClient.UsersApi();
  const email = "system.backup@acme.example";
  const user = await api.postUsers({
    name: "System Backup",
    email,
    divisionId: world.homeDivisionId,
    state: "active",
  });
  const id = user.id ?? "";
  const changed = await api.patchUser(id, { version: user.version, title: "Service Account" });
  expect((await api.getUsers({ pageSize: 100 })).entities?.map(({ title }) => title)).toContain(
    "Service Account",
  );
  await api.deleteUser(id);
  const query = [
    { type: "EXACT", fields: ["email"], value: email },
    { type: "EXACT", fields: ["state"], values: ["deleted"] },
  ];
  const { results } = await api.postUsersSearch({ query });
  expect(results.map((found) => found.id)).toEqual([id]);
  const { version } = await api.getUser(id, { state: "deleted" });
  expect(version).toBeGreaterThan(changed.version);
  expect((await api.patchUser(id, { version, state: "active" })).state).toBe("active");
});

test("makes roles, grants, queues, an event subscription and settings", async () => {
  const { login, genesys } = await startSdk();
  await login();
  const authorization = new platformClient.AuthorizationApi();
  const role = await authorization.postAuthorizationRoles({
    name: "AWS_Secrets_Rotator",
    permissionPolicies: [{ domain: "oauth", entityName: "client", actionSet: ["view"] }],
  });
  await authorization.postAuthorizationSubjectBulkadd(
    genesys.credentials.clientId,
    { grants: [{ roleId: role.id ?? "", divisionId: "*" }] },
    { subjectType: "PC_OAUTH_CLIENT" },
  );
  const { grants } = await authorization.getAuthorizationSubject(genesys.credentials.clientId);
  expect(grants?.map((grant) => grant.role?.name)).toContain("AWS_Secrets_Rotator");

  const routing = new platformClient.RoutingApi();
  const queue = await routing.postRoutingQueues({ name: "Executive Line" });
  await routing.deleteRoutingQueue(queue.id ?? "", { forceDelete: true });

  const integrations = new platformClient.IntegrationsApi();
  const { id = "" } = await integrations.postIntegrations({
    body: { name: "Audit events", integrationType: { id: "amazon-eventbridge-source" } },
  });
  const config = await integrations.getIntegrationConfigCurrent(id);
  const properties = {
    awsAccountId: "123456789012",
    awsAccountRegion: "us-east-1",
    eventSourceSuffix: "credential-guard",
    eventFilter: ["v2.audits.entitytype.{id}.entityid.{id}"],
  };
  await integrations.putIntegrationConfigCurrent(id, { body: { ...config, properties } });
  const enabled = await integrations.patchIntegration(id, { body: { intendedState: "ENABLED" } });
  expect(enabled.reportedState?.code).toBe("ACTIVE");

  const organization = new platformClient.OrganizationApi();
  const settings = await organization.patchOrganizationsAuthenticationSettings({
    ipAddressAllowlist: ["52.204.1.0/24"],
  });
  expect(settings.passwordRequirements).toBeDefined();
  expect((await organization.getOrganizationsLimitsNamespace("auth.api")).entities).toHaveLength(1);
});
