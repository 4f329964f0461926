import { randomBytes } from "node:crypto";
import { createGenesysApi } from "../../../apis/genesys/create.ts";
import {
  GenesysError,
  InvalidCredentialsError,
  PlatformError,
  RateLimitedError,
  WrongGrantTypeError,
} from "../../../apis/genesys/errors.ts";
import { type Loopback, type Received, type Scripted, startLoopback } from "../loopback.ts";
import { virtualTime } from "../virtual-time.ts";

const secret = randomBytes(32).toString("base64url");
const open: Loopback[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** A platform whose login and API are scripted apart. */
const setUp = async (platform: {
  login?: (count: number) => Scripted;
  api?: (request: Received, count: number) => Scripted;
}) => {
  const counts = { login: 0, api: 0 };
  const server = await startLoopback((request) => {
    if (request.path === "/oauth/token") {
      counts.login += 1;
      const granted = { access_token: `token-${counts.login}`, token_type: "bearer", expires_in: 3600 };
      return platform.login?.(counts.login) ?? { body: granted };
    }
    counts.api += 1;
    return platform.api?.(request, counts.api) ?? { body: { entities: [] } };
  });
  open.push(server);
  const time = virtualTime();
  const environment = {
    GENESYSCLOUD_OAUTHCLIENT_ID: "client-1",
    GENESYSCLOUD_OAUTHCLIENT_SECRET: secret,
    GENESYSCLOUD_API_URL: server.url,
    GENESYSCLOUD_LOGIN_URL: server.url,
  };
  const api = createGenesysApi({ environment, transport: time.transport });
  return { api, server, counts, ...time };
};

const failing = async (work: Promise<unknown>): Promise<GenesysError> =>
  work.then(
    () => {
      throw new Error("The call should have failed.");
    },
    (error) => error,
  );

test("a client logs in with its id and secret, and calls with the token", async () => {
  const { api, server } = await setUp({});
  await api.oauthClients.list();
  const [login, list] = server.received;
  expect(login).toMatchObject({
    method: "POST",
    path: "/oauth/token",
    text: "grant_type=client_credentials",
  });
  expect(login?.headers.authorization).toBe(`Basic ${Buffer.from(`client-1:${secret}`).toString("base64")}`);
  expect(list?.headers.authorization).toBe("Bearer token-1");
});

test("a login by itself obtains the token of the calls that follow", async () => {
  const { api, counts } = await setUp({});
  await api.session.login();
  expect(counts).toEqual({ login: 1, api: 0 });
  await api.oauthClients.list();
  expect(counts).toEqual({ login: 1, api: 1 });
});

test("200 calls at once share one token request, and no more than eight are under way", async () => {
  const { api, server, counts } = await setUp({});
  await Promise.all(Array.from({ length: 200 }, () => api.oauthClients.list()));
  expect(counts).toEqual({ login: 1, api: 200 });
  expect(server.mostAtOnce()).toBeLessThanOrEqual(8);
});

test("a token is renewed before it ends", async () => {
  const { api, counts, pass } = await setUp({});
  await api.oauthClients.list();
  pass(3_539_000);
  await api.oauthClients.list();
  expect(counts.login).toBe(1);
  pass(1_000);
  await api.oauthClients.list();
  expect(counts.login).toBe(2);
});

const refused = { status: 401, body: { code: "bad.credentials", message: "Invalid login credentials." } };

test("calls refused for a revoked token are made again with one new token", async () => {
  const { api, counts } = await setUp({
    api: ({ headers }) => (headers.authorization === "Bearer token-1" ? refused : { body: { entities: [] } }),
  });
  await Promise.all(Array.from({ length: 20 }, () => api.oauthClients.list()));
  expect(counts.login).toBe(2);
});

test("a call refused with a fresh token too is not made a third time", async () => {
  const { api, counts } = await setUp({ api: () => refused });
  const error = await failing(api.oauthClients.create({ name: "crm", authorizedGrantType: "CODE" }));
  expect(error).toBeInstanceOf(InvalidCredentialsError);
  expect(error.message).toContain(
    "check that the client named by GENESYSCLOUD_OAUTHCLIENT_ID is still active",
  );
  expect(counts).toEqual({ login: 2, api: 2 });
});

test("a client that was revoked meanwhile is told so by the login", async () => {
  const { api, counts } = await setUp({
    login: (count) =>
      count === 1
        ? { body: { access_token: "token-1", expires_in: 3600 } }
        : { status: 400, body: { error: "invalid_client" } },
    api: () => refused,
  });
  const error = await failing(api.oauthClients.list());
  expect(error).toMatchObject({ code: "invalid-credentials", status: 400 });
  expect(counts).toEqual({ login: 2, api: 1 });
});

describe("a refused login is judged by its body", () => {
  const refusal = (error: string, description: string): Scripted => ({
    status: 400,
    headers: { "inin-correlation-id": "c-7" },
    body: { error, description, error_description: description },
  });

  test.each([
    ["invalid_client", InvalidCredentialsError, "Check the id and the secret, and that the region"],
    ["unauthorized_client", WrongGrantTypeError, "not of the grant type CLIENT-CREDENTIALS"],
    ["invalid_scope", PlatformError, "unexpected answer"],
  ])("%s", async (code, kind, words) => {
    const { api, counts } = await setUp({ login: () => refusal(code, "authentication failed") });
    const error = await failing(api.roles.list());
    expect(error).toBeInstanceOf(kind);
    expect(error).toBeInstanceOf(GenesysError);
    expect(error.message).toContain(words);
    expect(error.message).toContain("OAuth client client-1");
    expect(error.message).toContain(`400 ${code}, "authentication failed", correlation id c-7`);
    expect(counts).toEqual({ login: 1, api: 0 });
  });

  test("a rate limit is waited out", async () => {
    const { api, counts, pauses } = await setUp({
      login: (count) =>
        count <= 3
          ? refusal("invalid_request", "rate limit exceeded; try again later")
          : { body: { access_token: "t", expires_in: 300 } },
    });
    await api.roles.list();
    expect(counts.login).toBe(4);
    expect(pauses).toEqual([500, 1_000, 2_000]);
  });

  test("a rate limit that does not end is reported", async () => {
    const { api } = await setUp({
      login: () => ({ status: 400, body: { description: "Rate limit exceeded" } }),
    });
    expect(await failing(api.roles.list())).toBeInstanceOf(RateLimitedError);
  });

  test.each([
    [{ status: 401, body: "" }, InvalidCredentialsError],
    [{ status: 403, body: "<html>" }, PlatformError],
    [{ status: 200, body: {} }, PlatformError],
    [{ status: 200 }, PlatformError],
  ])("anything else, such as %p", async (answer, kind) => {
    const { api, counts } = await setUp({ login: () => answer });
    expect(await failing(api.roles.list())).toBeInstanceOf(kind);
    expect(counts.login).toBe(1);
  });

  test("a failed login is tried again by the next call", async () => {
    const { api } = await setUp({
      login: (count) =>
        count === 1 ? refusal("invalid_client", "x") : { body: { access_token: "t", expires_in: 9 } },
    });
    await failing(api.roles.list());
    expect(await api.roles.list()).toEqual([]);
  });
});

describe("a list that the platform gives by pages", () => {
  const pages =
    (total: number) =>
    ({ query }: Received) => {
      const size = Number(query.pageSize);
      const page = Number(query.pageNumber);
      const all = Array.from({ length: total }, (_, i) => ({ id: `${i}`, name: "q" }));
      return {
        body: { entities: all.slice((page - 1) * size, page * size), pageCount: Math.ceil(total / size) },
      };
    };

  test.each([
    [0, 1],
    [1, 1],
    [100, 1],
    [101, 2],
    [250, 3],
  ])("of %p objects is complete after %p calls", async (total, calls) => {
    const { api, counts } = await setUp({ api: pages(total) });
    expect((await api.divisions.list()).map(({ id }) => id)).toEqual(
      Array.from({ length: total }, (_, i) => `${i}`),
    );
    expect(counts.api).toBe(calls);
  });

  test("ends with the first empty page, whatever the page count says", async () => {
    const { api, counts } = await setUp({ api: () => ({ body: { pageCount: 1_000 } }) });
    expect(await api.credentials.list()).toEqual([]);
    expect(counts.api).toBe(1);
  });

  test("is one page where nothing is said of more", async () => {
    const { api } = await setUp({ api: () => ({ body: { entities: [{ id: "1" }] } }) });
    expect(await api.integrations.list()).toEqual([{ id: "1" }]);
  });
});

test("a queue is found by its exact name, not by the platform's wildcards", async () => {
  const entities = [
    { id: "1", name: "Sales" },
    { id: "2", name: "sales" },
    { id: "3", name: "Sales West" },
  ];
  const { api, server } = await setUp({ api: () => ({ body: { entities } }) });
  expect((await api.queues.findByName("Sales")).map(({ id }) => id)).toEqual(["1"]);
  expect(server.received[1]?.query).toEqual({ name: "Sales", pageNumber: "1", pageSize: "100" });
});

describe("a user is found by e-mail", () => {
  test("in every state, deleted ones included", async () => {
    const results = [
      { id: "2", email: "xops@x.example" },
      { id: "1", email: "Ops@x.example", state: "deleted" },
    ];
    const { api, server } = await setUp({ api: () => ({ body: { results } }) });
    expect(await api.users.findByEmail("ops@x.example")).toMatchObject({ id: "1", state: "deleted" });
    expect(JSON.parse(server.received[1]?.text ?? "").query).toEqual([
      { type: "EXACT", fields: ["email"], value: "ops@x.example" },
      { type: "EXACT", fields: ["state"], values: ["active", "inactive", "deleted"] },
    ]);
  });

  test.each([{ results: [] }, {}, { results: [{ id: "3" }] }])("or not at all in %p", async (body) => {
    const { api } = await setUp({ api: () => ({ body }) });
    expect(await api.users.findByEmail("ops@x.example")).toBeUndefined();
  });

  test("again after a failure: the search changes nothing", async () => {
    const { api } = await setUp({
      api: (_, count) => (count === 1 ? "drop" : { body: { results: [] } }),
    });
    expect(await api.users.findByEmail("ops@x.example")).toBeUndefined();
  });
});

test("limits are numbers by key", async () => {
  const entities = [{ key: "clients.max", value: 500 }, { key: "unknown" }, { value: 1 }];
  const { api } = await setUp({ api: () => ({ body: { entities } }) });
  expect(await api.organization.limits("auth.api")).toEqual({ "clients.max": 500 });
  const { api: empty } = await setUp({ api: () => ({ body: {} }) });
  expect(await empty.organization.limits("auth.api")).toEqual({});
  expect(await empty.oauthClients.list()).toEqual([]);
});
