import { fingerprint } from "../../../../core/fingerprint.ts";
import { parseSecretValue } from "../../../../core/rotation/secret-value.ts";
import { PartialFailure } from "../../../../providers/dynamic/partial.ts";
import type { ClientOutputs } from "../../../../providers/genesys/client/client-inputs.ts";
import {
  createDecoyClientProvider,
  type DecoyClientInputs,
} from "../../../../providers/genesys/client/decoy-client-provider.ts";
import {
  createOauthClientProvider,
  type OauthClientInputs,
} from "../../../../providers/genesys/client/oauth-client-provider.ts";
import { ResourceUnderEngine } from "../../histories/engine.ts";
import { type Account, startAccount } from "../aws.ts";
import { type Organisation, startOrganisation } from "../organisation.ts";

let account: Account;
let organisation: Organisation;
let secretArn: string;
beforeEach(async () => {
  account = await startAccount();
  organisation = await startOrganisation({ roles: [{ name: "CRM Reader" }] }, account);
  secretArn = account.secrets.createSecret({ Name: "crm" }).ARN ?? "";
});
afterEach(async () => {
  await organisation.close();
  await account.close();
});

const toSecretsManager = (arn = secretArn) => ({
  kind: "secretsManager",
  secretArn: arn,
  awsRegion: "us-east-1",
});
const declare = (args: object = {}): OauthClientInputs =>
  ({
    owner: "guard:acme/credentials/prod/portal~0a1b2c3d",
    name: "Portal",
    authorizedGrantType: "CODE",
    scope: ["users:readonly"],
    registeredRedirectUri: ["https://portal.example.com/a"],
    secretSink: toSecretsManager(),
    ...args,
  }) as unknown as OauthClientInputs;
const host = () => {
  const session = organisation.session();
  return createOauthClientProvider(() => session);
};
const deployed = async (args: object = {}) => {
  const resource = new ResourceUnderEngine<OauthClientInputs, ClientOutputs>();
  await resource.up(host(), declare(args));
  return resource;
};
const stored = (arn = secretArn) => {
  const { SecretString = "", VersionId } = account.secrets.getSecretValue({ SecretId: arn });
  return { ...parseSecretValue(SecretString), versionId: VersionId };
};
const secretOf = (id = "") => organisation.world.clients.get(id)?.secret ?? "";
const resets = () => organisation.calls.count("POST /api/v2/oauth/clients/{clientId}/secret");

test("a secret goes straight into Secrets Manager; the state names it by ARN, version and fingerprint", async () => {
  const { state } = await deployed();
  const secret = secretOf(state?.id);
  expect(stored()).toEqual({
    clientId: state?.id,
    clientSecret: secret,
    region: "us-east-1",
    versionId: state?.outputs.secretVersionId,
  });
  expect(state?.outputs).toMatchObject({ secretArn, secretFingerprint: fingerprint(secret) });
  expect(state?.outputs).not.toHaveProperty("clientSecret");
  expect(JSON.stringify(state)).not.toContain(secret);
});

test("a preview afterwards is unchanged, also after a refresh", async () => {
  const resource = await deployed();
  const { outputs } = resource.state ?? {};
  expect(await resource.changes(host(), declare())).toBe(false);
  await resource.refresh(host());
  expect(resource.state?.outputs).toEqual(outputs);
  expect(await resource.changes(host(), declare())).toBe(false);
});

test("a decoy's secret may go there as well", async () => {
  const session = organisation.session();
  const resource = new ResourceUnderEngine<DecoyClientInputs, ClientOutputs>();
  const { registeredRedirectUri: _, ...inputs } = declare({ name: "Legacy CRM Sync" });
  await resource.up(
    createDecoyClientProvider(() => session),
    inputs as unknown as DecoyClientInputs,
  );
  expect(stored().clientSecret).toBe(secretOf(resource.state?.id));
  expect(resource.state?.outputs).not.toHaveProperty("clientSecret");
});

test("a raised generation stores another secret as the current one", async () => {
  const resource = await deployed();
  const before = stored();
  await resource.up(host(), declare({ secretGeneration: 1 }));
  expect(stored().clientSecret).not.toBe(before.clientSecret);
  expect(stored().clientSecret).toBe(secretOf(resource.state?.id));
  expect(stored().versionId).toBe(resource.state?.outputs.secretVersionId);
});

test("a store that fails leaves the client unfinished; the next deployment stores another secret of it", async () => {
  account.faults.add({
    route: "/secretsmanager.PutSecretValue",
    fault: { kind: "status", status: 500 },
  });
  const resource = new ResourceUnderEngine<OauthClientInputs, ClientOutputs>();
  const failure = await resource.up(host(), declare()).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PartialFailure);
  const secret = secretOf(resource.state?.id);
  expect(`${String(failure)}${JSON.stringify(failure)}${JSON.stringify(resource.state)}`).not.toContain(
    secret,
  );
  account.faults.clear();
  await resource.up(host(), declare());
  expect(stored()).toMatchObject({
    clientId: resource.state?.id,
    clientSecret: secretOf(resource.state?.id),
  });
  expect(secretOf(resource.state?.id)).not.toBe(secret);
});

test("says that the region is not known before a client is made", async () => {
  const session = organisation.session({ environment: { GENESYSCLOUD_REGION: "" } });
  const before = organisation.world.clients.size;
  await expect(
    new ResourceUnderEngine<OauthClientInputs, ClientOutputs>().up(
      createOauthClientProvider(() => session),
      declare(),
    ),
  ).rejects.toThrow(/GENESYSCLOUD_REGION is not set/);
  expect(organisation.world.clients.size).toBe(before);
});

describe("another sink gets the secret as it is, and nobody has to log in anew:", () => {
  test("from the state to Secrets Manager", async () => {
    const resource = await deployed({ secretSink: undefined });
    const { clientSecret } = resource.state?.outputs ?? {};
    expect(clientSecret).toBe(secretOf(resource.state?.id));
    await resource.up(host(), declare());
    expect(stored().clientSecret).toBe(clientSecret);
    expect(resource.state?.outputs).not.toHaveProperty("clientSecret");
    expect(resets()).toBe(0);
    expect(await resource.changes(host(), declare())).toBe(false);
  });

  test("from Secrets Manager to the state", async () => {
    const resource = await deployed();
    const { clientSecret } = stored();
    await resource.up(host(), declare({ secretSink: undefined }));
    expect(resource.state?.outputs).toMatchObject({ clientSecret });
    expect(resource.state?.outputs).not.toHaveProperty("secretArn");
    expect(resets()).toBe(0);
  });

  test("from one secret to another", async () => {
    const resource = await deployed();
    const { clientSecret } = stored();
    const other = account.secrets.createSecret({ Name: "crm-2" }).ARN ?? "";
    await resource.up(host(), declare({ secretSink: toSecretsManager(other) }));
    expect(stored(other)).toMatchObject({ clientSecret });
    expect(resource.state?.outputs.secretArn).toBe(other);
    expect(resets()).toBe(0);
  });

  test("where it is gone, the deployment says so and issues none", async () => {
    const resource = await deployed();
    account.secrets.deleteSecret({ SecretId: secretArn, ForceDeleteWithoutRecovery: true });
    await expect(resource.up(host(), declare({ secretSink: undefined }))).rejects.toThrow(
      /Set secretGeneration: 1 to have another issued/,
    );
    expect(resets()).toBe(0);
    await resource.up(host(), declare({ secretSink: undefined, secretGeneration: 1 }));
    expect(resource.state?.outputs.clientSecret).toBe(secretOf(resource.state?.id));
  });

  test("where somebody replaced it by another client's, so it does as well", async () => {
    const resource = await deployed();
    const { secretVersionId: versionId = "" } = resource.state?.outputs ?? {};
    const secret = account.secrets.store.find(secretArn);
    const version = secret.versions.get(versionId);
    if (version !== undefined)
      version.value = JSON.stringify({ clientId: "x", clientSecret: "y", region: "z" });
    await expect(resource.up(host(), declare({ secretSink: undefined }))).rejects.toThrow(/no longer where/);
  });

  test("an adopted client's secret was never known, and stays so", async () => {
    const { id } = organisation.world.addClient({
      name: "By hand",
      authorizedGrantType: "CODE",
      scope: ["users"],
    });
    const resource = await deployed({ adoptId: id, secretSink: undefined });
    await resource.up(host(), declare({ adoptId: id }));
    expect(resource.state?.outputs).not.toHaveProperty("secretFingerprint");
    expect(resets()).toBe(0);
  });
});

test.each([
  ["a kind that does not exist", { kind: "file" }, "secretSink.kind"],
  ["a secret that is no ARN", { ...toSecretsManager("crm") }, "secretSink.secretArn"],
  [
    "no region",
    { kind: "secretsManager", secretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:a" },
    "secretSink.awsRegion",
  ],
  [
    "another region than the secret's",
    { ...toSecretsManager("arn:aws:secretsmanager:eu-west-1:123456789012:secret:a") },
    "secretSink.awsRegion",
  ],
])("check refuses %s", async (_what, secretSink, property) => {
  const { failures } = await host().check({}, declare({ secretSink }));
  expect(failures.map((failure) => failure.property)).toEqual([property]);
});
