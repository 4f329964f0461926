import { randomBytes } from "node:crypto";
import type { GenesysApi } from "../../../apis/genesys/api.ts";
import { createGenesysApi } from "../../../apis/genesys/create.ts";
import { ConflictError, NotFoundError, VersionConflictError } from "../../../apis/genesys/errors.ts";
import { type GenesysSimulator, startGenesys } from "../../../sandbox/genesys/index.ts";
import { virtualTime } from "../virtual-time.ts";

let genesys: GenesysSimulator;
let api: GenesysApi;
const { transport } = virtualTime();
beforeEach(async () => {
  genesys = await startGenesys({
    clock: transport.now,
    rateLimitPerMinute: "off",
    callerAddress: "52.204.7.7",
  });
  api = createGenesysApi({ environment: genesys.environment(), transport });
});
afterEach(() => genesys.close());

const email = "system.backup@sandbox-insurance.example";
const createUser = async () => {
  const { id: divisionId = "" } = await api.divisions.home();
  return api.users.create({ name: "System Backup", email, divisionId });
};

test("a deleted user keeps its address, is found by it, and can be restored", async () => {
  const { id = "" } = await createUser();
  await api.users.delete(id);
  await expect(api.users.get(id)).rejects.toThrow(NotFoundError);
  await expect(createUser()).rejects.toThrow(ConflictError);

  expect(await api.users.findByEmail(email.toUpperCase())).toMatchObject({ id, state: "deleted" });
  const { version = 0 } = await api.users.get(id, { state: "deleted" });
  await api.users.update(id, { version, state: "active" });
  expect(await api.users.get(id)).toMatchObject({ id, state: "active" });
});

test("an inactive user is found too, and an unknown one is not", async () => {
  const { id = "", version = 0, state } = await createUser();
  if (state !== "inactive") await api.users.update(id, { version, state: "inactive" });
  expect(await api.users.findByEmail(email)).toMatchObject({ id, state: "inactive" });
  expect(await api.users.findByEmail(`not.${email}`)).toBeUndefined();
});

test.each([409, 400] as const)(
  "a stale version of a user is told from other mistakes by HTTP %p",
  async (status) => {
    genesys.switches.versionMismatchStatus = status;
    const { id = "", version = 0 } = await createUser();
    await api.users.update(id, { version, title: "Backup" });
    await expect(api.users.update(id, { version, title: "Again" })).rejects.toThrow(VersionConflictError);
  },
);

test("a queue lives from creation to deletion", async () => {
  const { id = "" } = await api.queues.create({ name: "VIP Escalations" });
  await api.queues.create({ name: "VIP Escalations West" });
  expect((await api.queues.findByName("VIP Escalations")).map((queue) => queue.id)).toEqual([id]);
  await api.queues.update(id, { name: "VIP Escalations", description: "bait" });
  expect(await api.queues.get(id)).toMatchObject({ description: "bait" });
  await api.queues.delete(id, { forceDelete: true });
  await expect(api.queues.get(id)).rejects.toThrow(NotFoundError);
});

test("an integration is created, configured for its version, enabled and deleted", async () => {
  const integrationType = { id: "amazon-eventbridge-source" };
  const { id = "" } = await api.integrations.create({ name: "Audits", integrationType });
  const config = await api.integrations.config(id);
  const properties = {
    awsAccountId: "111122223333",
    awsAccountRegion: "eu-central-1",
    eventSourceSuffix: "audits",
    eventFilter: ["v2.audits.entitytype.{id}.entityid.{id}"],
  };
  const updated = await api.integrations.updateConfig(id, { ...config, name: "Audits", properties });
  expect(updated.version).toBeGreaterThan(config.version);
  await expect(api.integrations.updateConfig(id, { ...config, properties })).rejects.toThrow(
    VersionConflictError,
  );
  expect(await api.integrations.setState(id, { intendedState: "ENABLED" })).toMatchObject({
    intendedState: "ENABLED",
  });
  expect((await api.integrations.list()).map((integration) => integration.id)).toContain(id);
  await api.integrations.delete(id);
  await expect(api.integrations.get(id)).rejects.toThrow(NotFoundError);
});

test("a credential is written and never read back", async () => {
  const type = { name: "userDefinedOAuth" };
  const clientSecret = randomBytes(32).toString("base64url");
  const credentialFields = { clientId: "a", clientSecret, loginUrl: "https://login.example/token" };
  const { id = "" } = await api.credentials.create({ name: "Claims", type, credentialFields });
  expect(JSON.stringify(await api.credentials.get(id))).not.toContain(clientSecret);
  await api.credentials.update(id, { name: "Claims 2", type, credentialFields });
  expect(await api.credentials.list()).toMatchObject([{ id, name: "Claims 2" }]);
  await api.credentials.delete(id);
  await expect(api.credentials.get(id)).rejects.toThrow(NotFoundError);
});

test("the organisation's allowlist is changed without touching its other settings", async () => {
  const before = await api.organization.authenticationSettings();
  const ipAddressAllowlist = ["52.204.7.0/24"];
  await api.organization.updateAuthenticationSettings({ ipAddressAllowlist });
  expect(await api.organization.authenticationSettings()).toEqual({ ...before, ipAddressAllowlist });
});
