import { clientsPath, startCaller, stopSimulators } from "./caller.ts";
import { assumed, sources, verified } from "./marks.ts";

afterEach(stopSimulators);

const me = "/api/v2/organizations/me";

verified(
  sources.sdk,
  "id and secret by Basic authentication get a bearer token for its lifetime",
  async () => {
    const { createClient, requestToken, send, clock } = await startCaller();
    const { id, secret } = await createClient({ accessTokenValiditySeconds: 300 });
    const { status, body } = await requestToken({ clientId: id, clientSecret: secret });
    expect(status).toBe(200);
    expect(body).toEqual({ access_token: expect.any(String), token_type: "bearer", expires_in: 299 });
    clock.pass(299);
    expect((await send(body.access_token, "GET", me)).status).toBe(200);
    clock.pass(1);
    expect(await send(body.access_token, "GET", me)).toMatchObject({
      status: 401,
      body: { code: "bad.credentials" },
    });
  },
);

verified(
  "github GForceIndustries/GCCX-Utils README",
  "a wrong id or secret is a 400 invalid_client",
  async () => {
    const { genesys, requestToken } = await startCaller();
    const refusal = {
      status: 400,
      body: {
        error: "invalid_client",
        description: "authentication failed",
        error_description: "authentication failed",
      },
    };
    expect(await requestToken({ ...genesys.credentials, clientSecret: "wrong" })).toMatchObject(refusal);
    expect(await requestToken({ ...genesys.credentials, clientId: "none" })).toMatchObject(refusal);
  },
);

verified(
  "github GForceIndustries/GCCX-Utils README",
  "a client of another grant is a 400 unauthorized_client",
  async () => {
    const { createClient, requestToken } = await startCaller();
    const { id, secret } = await createClient({ authorizedGrantType: "CODE", scope: ["users"] });
    expect(await requestToken({ clientId: id, clientSecret: secret })).toMatchObject({
      status: 400,
      body: { error: "unauthorized_client" },
    });
  },
);

verified(
  sources.terraform,
  "too many requests for tokens are a 400 that says so, and wait for a minute",
  async () => {
    const { createClient, requestToken, clock } = await startCaller({ tokenRequestsPerMinute: 2 });
    const { id, secret } = await createClient();
    const login = { clientId: id, clientSecret: secret };
    expect((await requestToken(login)).status).toBe(200);
    expect((await requestToken(login)).status).toBe(200);
    const limited = await requestToken(login);
    expect(limited).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    expect(limited.body.error_description).toMatch(/^rate limit exceeded;/);
    clock.pass(60);
    expect((await requestToken(login)).status).toBe(200);
  },
);

assumed("another grant type than client_credentials, or none, is refused", async () => {
  const { genesys, requestToken } = await startCaller();
  const password = await requestToken(genesys.credentials, {}, "grant_type=password");
  expect(password).toMatchObject({ status: 400, body: { error: "unsupported_grant_type" } });
  expect(await requestToken(genesys.credentials, {}, "")).toMatchObject({
    status: 400,
    body: { error: "invalid_request" },
  });
});

assumed("id and secret may stand in the form instead", async () => {
  const { genesys, requestToken } = await startCaller();
  const { clientId, clientSecret } = genesys.credentials;
  const form = `grant_type=client_credentials&client_id=${clientId}&client_secret=${clientSecret}`;
  expect((await requestToken(genesys.credentials, { authorization: "" }, form)).status).toBe(200);
});

verified(
  sources.python,
  "disabled kills live tokens and refuses new ones; active brings them back",
  async () => {
    const { clientBody, call, createClient, requestToken, send, tokenOf, world } = await startCaller();
    const { id, secret } = await createClient();
    const token = await tokenOf(id);
    world.clients.edit(id, { state: "disabled" });
    expect((await send(token, "GET", me)).status).toBe(401);
    expect((await requestToken({ clientId: id, clientSecret: secret })).status).toBe(400);
    await call("PUT", `${clientsPath}/${id}`, clientBody());
    expect((await send(token, "GET", me)).status).toBe(200);
  },
);

describe("a call", () => {
  verified(sources.swagger, "needs a token", async () => {
    const { send } = await startCaller();
    const without = await send(undefined, "GET", clientsPath);
    expect(without).toMatchObject({ status: 401, body: { code: "authentication.required", status: 401 } });
    expect(await send("made-up", "GET", clientsPath)).toMatchObject({
      status: 401,
      body: { code: "bad.credentials" },
    });
  });

  verified(sources.sdk, "answers with a correlation id, which an error repeats as contextId", async () => {
    const { call } = await startCaller();
    const failed = await call("GET", `${clientsPath}/none`);
    expect(failed.headers.get("inin-correlation-id")).toBe(failed.body.contextId);
    expect((await call("GET", clientsPath)).headers.get("inin-correlation-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  verified(sources.swagger, "past the rate limit of its token is a 429 with Retry-After", async () => {
    const { send, tokenOf, genesys, clock } = await startCaller({ rateLimitPerMinute: 3 });
    const token = await tokenOf(genesys.credentials.clientId);
    for (let i = 0; i < 3; i++) expect((await send(token, "GET", me)).status).toBe(200);
    clock.pass(20);
    const limited = await send(token, "GET", me);
    expect(limited).toMatchObject({
      status: 429,
      body: {
        code: "too.many.requests",
        message: "Rate limit exceeded the maximum [3] requests within [60] seconds",
      },
    });
    expect(limited.headers.get("retry-after")).toBe("40");
    // Each token has a limit of its own (Terraform provider).
    expect((await send(await tokenOf(genesys.credentials.clientId), "GET", me)).status).toBe(200);
    clock.pass(40);
    expect((await send(token, "GET", me)).status).toBe(200);
  });

  test("300 calls a minute are free by default", async () => {
    const { send, tokenOf, genesys } = await startCaller({ rateLimitPerMinute: 300 });
    const token = await tokenOf(genesys.credentials.clientId);
    const statuses: number[] = [];
    for (let i = 0; i < 301; i++) statuses.push((await send(token, "GET", me)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(300);
    expect(statuses.at(-1)).toBe(429);
  });
});
