import { randomBytes } from "node:crypto";
import type { Models } from "purecloud-platform-client-v2";
import { type Caller, startCaller, stopSimulators } from "./caller.ts";
import { assumed, sources, verified } from "./marks.ts";

afterEach(stopSimulators);

const path = "/api/v2/integrations";
const credentialsPath = `${path}/credentials`;
const properties = {
  awsAccountId: "123456789012",
  awsAccountRegion: "us-east-1",
  eventSourceSuffix: "credential-guard",
  eventFilter: ["v2.audits.entitytype.{id}.entityid.{id}"],
};
const secretText = () => randomBytes(16).toString("hex");

const create = async ({ call }: Caller, type = "amazon-eventbridge-source"): Promise<string> => {
  const { body } = await call<Models.Integration>("POST", path, { integrationType: { id: type } });
  return body.id ?? "";
};
const putConfig = ({ call }: Caller, id: string, fields: object = {}) =>
  call<Models.IntegrationConfiguration & Models.ErrorBody>("PUT", `${path}/${id}/config/current`, {
    name: "Audit events",
    version: 1,
    properties,
    advanced: {},
    notes: "",
    credentials: {},
    ...fields,
  });

verified(
  sources.terraform,
  "an event subscription takes three calls: type, configuration, state",
  async () => {
    const caller = await startCaller();
    const { call, world } = caller;
    const id = await create(caller);
    expect(world.integrations.get(id)).toMatchObject({ intendedState: "DISABLED", config: { version: 1 } });
    const configured = await putConfig(caller, id);
    expect(configured).toMatchObject({ status: 200, body: { version: 2, properties } });
    const enabled = await call<Models.Integration>("PATCH", `${path}/${id}`, { intendedState: "ENABLED" });
    expect(enabled.body).toMatchObject({ name: "Audit events", reportedState: { code: "ACTIVE" } });
    const config = await call<Models.IntegrationConfiguration>("GET", `${path}/${id}/config/current`);
    expect(config.body).toEqual(configured.body);
    expect((await call("DELETE", `${path}/${id}`)).status).toBe(200);
    expect((await call("GET", `${path}/${id}`)).status).toBe(404);
    expect(world.isPristine()).toBe(true);
  },
);

verified(
  sources.terraform,
  "a configuration needs its current version, which a change by hand moves",
  async () => {
    const caller = await startCaller();
    const id = await create(caller);
    const config = caller.world.integrations.get(id)?.config;
    if (config === undefined) throw new Error("no configuration");
    caller.world.integrations.edit(id, { config: { ...config, notes: "by hand" } });
    expect(await putConfig(caller, id)).toMatchObject({ status: 409, body: { code: "general.conflict" } });
    expect((await putConfig(caller, id, { version: 2 })).status).toBe(200);
    expect((await putConfig(caller, id, { version: undefined })).status).toBe(400);
    await caller.call("PATCH", `${path}/${id}`, { intendedState: "DISABLED" });
    expect(caller.world.integrations.get(id)?.config.version).toBe(3);
  },
);

test.each([
  ["an account of 11 digits", { awsAccountId: "12345678901" }],
  ["an account that is a number", { awsAccountId: 123456789012 }],
  ["a region that is none", { awsAccountRegion: "Virginia" }],
  ["a suffix with a blank", { eventSourceSuffix: "credential guard" }],
  ["a suffix of 65 letters", { eventSourceSuffix: "a".repeat(65) }],
  ["no topic", { eventFilter: [] }],
  ["a wildcard for a topic", { eventFilter: ["*"] }],
  ["a field that is not among them", { secret: "x" }],
])("an event subscription with %s is a 400", async (_case, wrong) => {
  const caller = await startCaller();
  const id = await create(caller);
  expect((await putConfig(caller, id, { properties: { ...properties, ...wrong } })).status).toBe(400);
  expect(caller.world.integrations.get(id)?.config.version).toBe(1);
});

assumed("an event subscription cannot be enabled before it is configured", async () => {
  const caller = await startCaller();
  const id = await create(caller);
  expect((await caller.call("PATCH", `${path}/${id}`, { intendedState: "ENABLED" })).status).toBe(400);
});

test("integrations are listed by id, type and state; types are listed too", async () => {
  const caller = await startCaller();
  const id = await create(caller);
  await create(caller, "custom-rest-actions");
  const count = async (query: string) =>
    (await caller.call<Models.IntegrationEntityListing>("GET", `${path}?${query}`)).body.total;
  expect(await count("")).toBe(2);
  expect(await count(`ids=${id}`)).toBe(1);
  expect(await count("integrationType=custom-rest-actions")).toBe(1);
  expect(await count("reportedState=active")).toBe(0);
  const types = await caller.call<Models.IntegrationTypeEntityListing>("GET", `${path}/types`);
  expect(types.body.entities?.map((type) => type.id)).toContain("amazon-eventbridge-source");
  expect((await caller.call("GET", `${path}/types/none`)).status).toBe(404);
  expect((await caller.call("POST", path, { integrationType: { id: "none" } })).status).toBe(400);
  expect((await caller.call("POST", path, { name: "typeless" })).status).toBe(400);
});

describe("credentials", () => {
  const body = (fields: object = {}) => ({
    name: "Order lookup",
    type: { name: "amazonWebServicesARN" },
    credentialFields: { ARN: "arn:aws:iam::123456789012:role/orders" },
    ...fields,
  });

  verified(sources.terraform, "never give their fields back", async () => {
    const { call, world } = await startCaller();
    const password = secretText();
    const credentialFields = { userName: "orders", password };
    const created = await call<Models.CredentialInfo>(
      "POST",
      credentialsPath,
      body({ type: { name: "basicAuth" }, credentialFields }),
    );
    const { id } = created.body;
    const answers = [
      created,
      await call("GET", `${credentialsPath}/${id}`),
      await call("GET", credentialsPath),
      await call("PUT", `${credentialsPath}/${id}`, body({ type: { name: "basicAuth" }, credentialFields })),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toContain(password);
    }
    expect(world.credentials.get(id ?? "")?.fields).toEqual(credentialFields);
    expect(JSON.stringify(world.audits.all)).not.toContain(password);
    expect((await call("DELETE", `${credentialsPath}/${id}`)).status).toBe(204);
    expect((await call("GET", `${credentialsPath}/${id}`)).status).toBe(404);
  });

  test.each([
    ["an unknown type", { type: { name: "sigV4" } }],
    ["no type", { type: undefined }],
    ["a missing field", { credentialFields: {} }],
    ["a field that is no text", { credentialFields: { ARN: 7 } }],
  ])("with %s are a 400", async (_case, fields) => {
    const { call } = await startCaller();
    expect((await call("POST", credentialsPath, body(fields))).status).toBe(400);
  });

  assumed("keep their type", async () => {
    const { call } = await startCaller();
    const { body: created } = await call<Models.CredentialInfo>("POST", credentialsPath, body());
    const other = body({ type: { name: "userDefined" }, credentialFields: {} });
    expect((await call("PUT", `${credentialsPath}/${created.id}`, other)).status).toBe(400);
  });

  verified(
    sources.terraform,
    "fit into slots: the slot basicAuth of web services takes three types",
    async () => {
      const caller = await startCaller();
      const id = await create(caller, "custom-rest-actions");
      const { body: arn } = await caller.call<Models.CredentialInfo>("POST", credentialsPath, body());
      const { body: own } = await caller.call<Models.CredentialInfo>(
        "POST",
        credentialsPath,
        body({ type: { name: "userDefined" }, credentialFields: { key: secretText() } }),
      );
      const put = (slot: string, credentialId = "none") =>
        putConfig(caller, id, { properties: {}, credentials: { [slot]: { id: credentialId } } });
      expect((await put("basicAuth", arn.id)).status).toBe(400);
      expect((await put("basicAuth", "none")).status).toBe(400);
      expect((await put("userDefined", own.id)).status).toBe(400);
      expect(await put("basicAuth", own.id)).toMatchObject({
        status: 200,
        body: { credentials: { basicAuth: { id: own.id, type: { name: "userDefined" } } } },
      });
    },
  );

  test("have types that say what they need", async () => {
    const { call } = await startCaller();
    const { body: types } = await call<Models.CredentialType[]>("GET", `${credentialsPath}/types`);
    expect(types.find(({ name }) => name === "amazonWebServicesARN")?.required).toEqual(["ARN"]);
  });
});

test("what is not there is a 404 for every operation on it", async () => {
  const caller = await startCaller();
  for (const [method, uri] of [
    ["GET", `${path}/none`],
    ["PATCH", `${path}/none`],
    ["DELETE", `${path}/none`],
    ["GET", `${path}/none/config/current`],
    ["GET", `${credentialsPath}/none`],
    ["PUT", `${credentialsPath}/none`],
    ["DELETE", `${credentialsPath}/none`],
  ] as const) {
    const body = method === "GET" || method === "DELETE" ? undefined : {};
    expect((await caller.call(method, uri, body)).status).toBe(404);
  }
  expect((await putConfig(caller, "none")).status).toBe(404);
});

verified(sources.sdk, "a type is read by its name", async () => {
  const { call } = await startCaller();
  const { body } = await call<Models.IntegrationType>("GET", `${path}/types/custom-rest-actions`);
  expect(Object.keys(body.credentials ?? {})).toEqual(["basicAuth"]);
});
