import { createGithubApi } from "../../../apis/github/create.ts";
import {
  AmbiguousOutcomeError,
  type GithubError,
  InvalidCredentialsError,
  InvalidRequestError,
  MissingPermissionError,
  NotFoundError,
  PlatformError,
  RateLimitedError,
  VersionConflictError,
} from "../../../apis/github/errors.ts";
import { type Loopback, type Received, type Scripted, startLoopback } from "../loopback.ts";
import { virtualTime } from "../virtual-time.ts";

const open: Loopback[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const setUp = async (answer: (request: Received, count: number) => Scripted) => {
  const server = await startLoopback(answer);
  open.push(server);
  const time = virtualTime();
  const environment = { GITHUB_TOKEN: "some-token", GITHUB_API_URL: server.url };
  return { api: createGithubApi({ environment, transport: time.transport }), server, ...time };
};

const failing = async (work: Promise<unknown>): Promise<GithubError> =>
  work.then(
    () => {
      throw new Error("The call should have failed.");
    },
    (error) => error,
  );

const organization = { organization: "acme" };
const repository = { repository: "acme/crm" };

test("a call names its token, its version and who makes it", async () => {
  const { api, server } = await setUp(() => ({ body: [] }));
  await api.customPatterns.list(organization);
  expect(server.received[0]?.headers).toMatchObject({
    authorization: "Bearer some-token",
    accept: "application/vnd.github+json",
    "x-github-api-version": "2026-03-10",
    "user-agent": "genesys-credential-guard",
  });
});

test("patterns of an organisation and of a repository have their own paths", async () => {
  const { api, server } = await setUp(({ method }) => ({
    status: method === "DELETE" ? 204 : 200,
    body: method === "DELETE" ? undefined : { created_patterns: [{ id: 5 }] },
  }));
  const [org, repo] = ["/orgs/acme", "/repos/acme/crm"].map(
    (base) => `${base}/secret-scanning/custom-patterns`,
  );
  for (const scope of [organization, repository]) {
    expect(await api.customPatterns.create(scope, [{ name: "n", pattern: "p" }])).toEqual([{ id: 5 }]);
    await api.customPatterns.update(scope, 5, { pattern: "q", custom_pattern_version: "v1" });
    await api.customPatterns.delete(
      scope,
      [{ pattern_id: 5, custom_pattern_version: "v1" }],
      "resolve_alerts",
    );
  }
  const made = server.received.map(({ method, path, text }) => [method, path, JSON.parse(text)]);
  const expected = (base = "") => [
    ["POST", base, { patterns: [{ name: "n", pattern: "p" }] }],
    ["PATCH", `${base}/5`, { pattern: "q", custom_pattern_version: "v1" }],
    [
      "DELETE",
      base,
      { patterns: [{ pattern_id: 5, custom_pattern_version: "v1" }], post_delete_action: "resolve_alerts" },
    ],
  ];
  expect(made).toEqual([...expected(org), ...expected(repo)]);
});

test.each(["acme", "acme/", "/crm", "acme/crm/x"])("%p is no repository", async (name) => {
  const { api, server } = await setUp(() => ({ body: [] }));
  await expect(api.customPatterns.list({ repository: name })).rejects.toThrow("it must be OWNER/NAME");
  expect(server.received).toEqual([]);
});

test("nothing created is an empty list", async () => {
  const { api } = await setUp(() => ({ status: 201, body: {} }));
  expect(await api.customPatterns.create(organization, [])).toEqual([]);
});

test("push protection is read and written at the organisation", async () => {
  const { api, server } = await setUp(() => ({ body: { pattern_config_version: "7" } }));
  expect(await api.patternConfigurations.get("acme")).toEqual({ pattern_config_version: "7" });
  const patch = { pattern_config_version: "7", custom_pattern_settings: [] };
  expect(await api.patternConfigurations.update("acme", patch)).toEqual({ pattern_config_version: "7" });
  expect(server.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /orgs/acme/secret-scanning/pattern-configurations",
    "PATCH /orgs/acme/secret-scanning/pattern-configurations",
  ]);
});

describe("a list", () => {
  const linked =
    (base: string) =>
    ({ query }: Received) => {
      const page = Number(query.page ?? 1);
      const next = `<${base}/orgs/acme/secret-scanning/custom-patterns?per_page=100&page=${page + 1}>; rel="next"`;
      const last = `<${base}/x?page=3>; rel="last"`;
      return {
        headers: page < 3 ? { link: `${last}, ${next}` } : { link: `<${base}/x?page=1>; rel="first"` },
        body: [{ id: page }],
      };
    };

  test("is followed to its last page", async () => {
    const { api, server } = await setUp(linked("https://api.github.com"));
    expect((await api.customPatterns.list(organization)).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(server.received.map(({ query }) => query)).toEqual([
      { per_page: "100" },
      { per_page: "100", page: "2" },
      { per_page: "100", page: "3" },
    ]);
  });

  test("is never followed to another host", async () => {
    const elsewhere = await startLoopback(() => ({ body: [] }));
    open.push(elsewhere);
    const { api } = await setUp(linked(elsewhere.url));
    await api.customPatterns.list(organization);
    expect(elsewhere.received).toEqual([]);
  });
});

describe("a rate limit", () => {
  const reset = String(Date.parse("2026-09-01T00:00:40Z") / 1000);
  const primary = (at: string) => ({
    status: 403,
    headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": at },
    body: { message: "API rate limit exceeded for user ID 1." },
  });

  test.each([
    ["primary, until its reset", primary(reset), 40_500],
    ["primary, reset long ago", primary("1"), 500],
    ["primary, reset unknown", primary("soon"), 60_500],
    ["secondary, with Retry-After", { status: 403, headers: { "retry-after": "9" }, body: {} }, 9_500],
    [
      "secondary, without",
      { status: 403, body: { message: "You have exceeded a secondary rate limit." } },
      60_500,
    ],
    ["secondary, as 429", { status: 429, body: {} }, 60_500],
    ["primary, as 429", { ...primary(reset), status: 429 }, 40_500],
  ])("%s", async (_, refusal, pause) => {
    const { api, pauses } = await setUp((_request, count) =>
      count === 1 ? refusal : { status: 201, body: {} },
    );
    await api.customPatterns.create(organization, []);
    expect(pauses).toEqual([pause]);
  });

  test("of an hour is reported with the time of its reset", async () => {
    const { api } = await setUp(() => primary(String(Date.parse("2026-09-01T01:00:00Z") / 1000)));
    const error = await failing(api.customPatterns.list(organization));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ retryAt: new Date("2026-09-01T01:00:00Z") });
  });

  test("is not met by calls at once: they are made one after the other", async () => {
    const { api, server } = await setUp(() => ({ body: [] }));
    await Promise.all(Array.from({ length: 10 }, () => api.customPatterns.list(organization)));
    expect(server.mostAtOnce()).toBe(1);
  });
});

test.each([
  [401, {}, InvalidCredentialsError, "Check that GITHUB_TOKEN has not expired"],
  [403, {}, MissingPermissionError, "the credentials in use may not do this"],
  [
    403,
    { "x-accepted-github-permissions": "organization_administration=write" },
    MissingPermissionError,
    "lack the permission organization_administration=write",
  ],
  [
    403,
    { "x-accepted-oauth-scopes": "write:org, admin:org" },
    MissingPermissionError,
    "write:org, admin:org",
  ],
  [404, {}, NotFoundError, "lacks the permission or secret scanning is off"],
  [
    404,
    { "x-accepted-github-permissions": "secret_scanning_alerts=write; administration=write" },
    NotFoundError,
    "lacks the permission (one of: secret_scanning_alerts=write, administration=write)",
  ],
  [409, {}, VersionConflictError, "was changed by someone else"],
  [412, {}, VersionConflictError, "was changed by someone else"],
  [400, {}, InvalidRequestError, "Bad thing"],
  [304, {}, PlatformError, "unexpected answer"],
  [500, {}, AmbiguousOutcomeError, "HTTP 500"],
])("HTTP %p with %p is told as such", async (status, headers, kind, words) => {
  const { api } = await setUp(() => ({
    status,
    headers: { ...headers, "x-github-request-id": "ABCD:1" },
    body: status === 304 ? undefined : { message: "Bad thing" },
  }));
  const patch = { pattern: "p", custom_pattern_version: "1" };
  const error = await failing(api.customPatterns.update(repository, 12, patch));
  expect(error).toBeInstanceOf(kind);
  expect(error.message).toMatch(/^custom pattern 12 of repository acme\/crm: /);
  expect(error.message).toContain(words);
  expect(error.message).toContain("correlation id ABCD:1");
});

test("validation errors are told by pattern", async () => {
  const { api } = await setUp(() => ({
    status: 422,
    body: {
      message: "Validation failed",
      validation_errors: {
        0: { errors: [{ code: "name", message: "Name has already been taken" }, { message: "odd" }] },
        1: {},
      },
      errors: ["plain", { field: "pattern", code: "invalid" }],
    },
  }));
  const error = await failing(api.customPatterns.create(organization, [{ name: "n", pattern: "p" }]));
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect(error.message).toContain(
    '"Validation failed; pattern 0: name: Name has already been taken; pattern 0: odd; plain; {"field":"pattern","code":"invalid"}"',
  );
});
