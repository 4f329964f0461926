import type { GatewayRequest } from "../../../sandbox/aws/api-gateway/rest-apis.ts";
import { requestGateway, serveGateway } from "../../../sandbox/bindings/gateway.ts";
import { type Account, functionInputs, leakDeclarations, makeRole, openAccount, statement } from "./stack.ts";

const types = {
  api: "aws:apigateway/restApi:RestApi",
  deployment: "aws:apigateway/deployment:Deployment",
  stage: "aws:apigateway/stage:Stage",
} as const;
const path = "/github/webhook";
const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

const document = (change: object = {}, binary: string[] = ["application/json"]) =>
  JSON.stringify({
    openapi: "3.0.1",
    paths: {
      [path]: {
        post: {
          "x-amazon-apigateway-integration": {
            type: "aws_proxy",
            httpMethod: "POST",
            uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn("dev-echo")}/invocations`,
            ...change,
          },
        },
      },
    },
    "x-amazon-apigateway-binary-media-types": binary,
  });

let account: Account;
/** What the function was called with. */
let events: Record<string, unknown>[];
/** What it answers. */
let answer: (event: unknown) => Promise<unknown>;

/** A function that answers what the test has it answer. */
const deployEcho = (reservedConcurrency = 5) => {
  const { region } = account;
  region.lambda.deploy({
    name: "dev-echo",
    arn: arn("dev-echo"),
    timeoutSeconds: 9,
    reservedConcurrency,
    start: () => async (event) => {
      events.push(event as Record<string, unknown>);
      return answer(event);
    },
  });
  region.functions.set(arn("dev-echo"), {
    arn: arn("dev-echo"),
    name: "dev-echo",
    roleArn: "",
    environment: {},
    permissions: new Map(),
  });
};

const permit = (sourceArn: string) =>
  account.create("aws:lambda/permission:Permission", "echo", {
    function: arn("dev-echo"),
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    sourceArn,
  });

const deployApi = (body = document()) => {
  const api = account.create(types.api, "hooks", { body });
  const deployment = account.create(types.deployment, "hooks", { restApi: api.id });
  const stage = account.create(types.stage, "hooks", {
    restApi: api.id,
    deployment: deployment.id,
    stageName: "live",
  });
  return { api, deployment, stage };
};

const post = (url: unknown, request: Partial<GatewayRequest> = {}) =>
  requestGateway(account.cloud, {
    method: "POST",
    path: `${new URL(String(url)).pathname}${path}`,
    headers: { "content-type": "application/json", "user-agent": "GitHub-Hookshot/1" },
    body: Buffer.from('{"zen":"é"}'),
    sourceAddress: "140.82.112.1",
    ...request,
  });

beforeEach(() => {
  account = openAccount();
  events = [];
  answer = async () => ({ statusCode: 202, body: "taken" });
  deployEcho();
});

test("a stage hands a request to its function, with the body as the bytes that came", async () => {
  const { api, stage } = deployApi();
  permit(`${String(api.outputs.executionArn)}/*/POST${path}`);

  const response = await post(stage.outputs.invokeUrl);

  expect(response).toEqual({ status: 202, body: "taken" });
  expect(events).toMatchObject([
    {
      resource: path,
      path,
      httpMethod: "POST",
      headers: { "user-agent": "GitHub-Hookshot/1" },
      isBase64Encoded: true,
      body: Buffer.from('{"zen":"é"}').toString("base64"),
      requestContext: { apiId: api.id, stage: "live", identity: { sourceIp: "140.82.112.1" } },
    },
  ]);
});

test.each<[string, Partial<GatewayRequest>, Record<string, unknown>]>([
  [
    "text of another type stays text",
    { headers: { "content-type": "text/plain; charset=utf-8" }, body: Buffer.from("é") },
    { body: "é", isBase64Encoded: false },
  ],
  ["no body is none", { body: Buffer.alloc(0) }, { body: null, isBase64Encoded: false }],
  [
    "a query is a map, and lists by name",
    { query: new URLSearchParams("a=1&a=2") },
    { queryStringParameters: { a: "2" }, multiValueQueryStringParameters: { a: ["1", "2"] } },
  ],
])("of a request, %s", async (_what, request, expected) => {
  const { api, stage } = deployApi();
  permit(`${String(api.outputs.executionArn)}/*`);

  await post(stage.outputs.invokeUrl, request);

  expect(events).toMatchObject([expected]);
});

test.each<[string, string, number]>([
  ["for another path", "/*/POST/other", 500],
  ["for another method", `/*/GET${path}`, 500],
  ["for another API", "", 500],
])("a function with a permission %s is not called", async (_what, rest, status) => {
  const { api, stage } = deployApi();
  permit(
    rest === "" ? `${account.region.executionArn("other")}/*` : `${String(api.outputs.executionArn)}${rest}`,
  );

  expect(await post(stage.outputs.invokeUrl)).toMatchObject({ status });
  expect(events).toEqual([]);
});

test.each<[string, () => Promise<unknown>, { status: number; body?: string }]>([
  ["that is none", async () => "taken", { status: 502 }],
  ["with a body that is no text", async () => ({ statusCode: 200, body: {} }), { status: 502 }],
  [
    "in base64",
    async () => ({ statusCode: 200, body: "dGFrZW4=", isBase64Encoded: true }),
    { status: 200, body: "taken" },
  ],
  ["without a body", async () => ({ statusCode: 204 }), { status: 204, body: "" }],
  [
    "of a function that failed",
    async () => {
      throw new Error("broken");
    },
    { status: 502 },
  ],
])("an answer %s is passed on as it should be", async (_what, given, expected) => {
  const { api, stage } = deployApi();
  permit(`${String(api.outputs.executionArn)}/*`);
  answer = given;

  expect(await post(stage.outputs.invokeUrl)).toMatchObject(expected);
});

test("a function that has no room is an error of ours to the caller", async () => {
  deployEcho(1);
  const { api, stage } = deployApi();
  permit(`${String(api.outputs.executionArn)}/*`);
  let release: (value: unknown) => void = () => undefined;
  answer = () =>
    new Promise((resolve) => {
      release = resolve;
    });

  const first = post(stage.outputs.invokeUrl);
  const second = await post(stage.outputs.invokeUrl);
  release({ statusCode: 200 });

  expect(second.status).toBe(500);
  expect((await first).status).toBe(200);
});

test.each<[string, Partial<GatewayRequest>]>([
  ["path", { path: "/x/live/other" }],
  ["method", { method: "GET" }],
  ["API", { path: "/nothing/live/github/webhook" }],
])("an unknown %s is forbidden", async (_what, request) => {
  const { api, stage } = deployApi();
  permit(`${String(api.outputs.executionArn)}/*`);
  const { path: asked = "" } = request;
  const known = asked.startsWith("/x/") ? { path: asked.replace("/x/", `/${api.id}/`) } : {};

  expect(await post(stage.outputs.invokeUrl, { ...request, ...known })).toMatchObject({ status: 403 });
});

test("a stage serves what was deployed until it is given another deployment", async () => {
  const { api, stage, deployment } = deployApi();
  permit(`${String(api.outputs.executionArn)}/*`);
  account.update(types.api, "hooks", api.id, { body: document({}, []) });
  await post(stage.outputs.invokeUrl);
  const next = account.create(types.deployment, "hooks", { restApi: api.id });
  expect(() => account.delete(types.deployment, "hooks", deployment.id)).toThrow("Active stages");
  account.update(types.stage, "hooks", stage.id, { restApi: api.id, stageName: "live", deployment: next.id });
  await post(stage.outputs.invokeUrl);
  account.delete(types.deployment, "hooks", deployment.id);

  expect(events.map(({ isBase64Encoded }) => isBase64Encoded)).toEqual([true, false]);
});

test.each<[string, string, string]>([
  ["another integration", document({ type: "mock" }), "with Lambda alone"],
  ["another address", document({ uri: "https://example.com" }), "with Lambda alone"],
  ["another method than a function is called by", document({ httpMethod: "GET" }), "called by POST"],
  ["no paths", "{}", "Invalid OpenAPI input"],
])("an API with %s is refused", (_what, body, message) => {
  expect(() => account.create(types.api, "hooks", { body })).toThrow(message);
});

test("what is deleted is gone, from the last to the first", async () => {
  const { api, stage, deployment } = deployApi();
  expect(() =>
    account.create(types.stage, "again", { restApi: api.id, deployment: deployment.id, stageName: "live" }),
  ).toThrow("Stage already exists");
  expect(() =>
    account.create(types.stage, "other", { restApi: api.id, deployment: "none", stageName: "other" }),
  ).toThrow("Invalid Deployment");
  account.delete(types.stage, "hooks", stage.id);
  account.delete(types.deployment, "hooks", deployment.id);
  account.delete(types.api, "hooks", api.id);

  expect(await post(stage.outputs.invokeUrl)).toMatchObject({ status: 403 });
  expect(account.registry.all.filter(({ type }) => type.startsWith("aws:apigateway"))).toEqual([]);
  expect([...account.region.apis.ids]).toEqual([]);
});

test("over HTTP it is the same", async () => {
  const server = await serveGateway(() => account.cloud);
  const { api } = deployApi();
  permit(`${String(api.outputs.executionArn)}/*`);

  const response = await fetch(`${server.url}/${api.id}/live${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"zen":"é"}',
  });
  await server.close();

  expect([response.status, await response.text()]).toEqual([202, "taken"]);
  expect(events).toMatchObject([{ body: Buffer.from('{"zen":"é"}').toString("base64") }]);
});

test("the receiver of the catalog is hosted behind it, with the secret that its variable names", async () => {
  const secret = account.create("aws:secretsmanager/secret:Secret", "webhook", { name: "webhook" });
  account.create("aws:secretsmanager/secretVersion:SecretVersion", "webhook", {
    secretId: secret.id,
    secretString: JSON.stringify({ current: "a".repeat(40) }),
  });
  const role = makeRole(
    account,
    "receive",
    "lambda.amazonaws.com",
    statement("secretsmanager:GetSecretValue", String(secret.outputs.arn)),
  );
  const inputs = functionInputs("receive", role, "arn", {
    variables: { WEBHOOK_SECRET_ARN: String(secret.outputs.arn) },
    leak: leakDeclarations,
  });
  const { outputs } = account.create("aws:lambda/function:Function", "receive", inputs);
  const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${String(outputs.arn)}/invocations`;
  const { api, stage } = deployApi(document({ uri }));
  account.create("aws:lambda/permission:Permission", "receive", {
    function: String(outputs.arn),
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    sourceArn: `${String(api.outputs.executionArn)}/*/POST${path}`,
  });

  expect(await post(stage.outputs.invokeUrl)).toMatchObject({ status: 401 });
});
