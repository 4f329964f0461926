import { randomBytes } from "node:crypto";
import type { components } from "@octokit/openapi-types";
import {
  AmbiguousOutcomeError,
  ForbiddenError,
  InvalidRequestError,
  NotFoundError,
  PlatformError,
  TooLargeError,
} from "../../../apis/github/errors.ts";
import type { Received, Scripted } from "../loopback.ts";
import { appWorld, closeAppWorlds, failing } from "./app-world.ts";

type Schemas = components["schemas"];

afterEach(closeAppWorlds);

const setUp = async (answer: (request: Received, count: number) => Scripted) => {
  const world = await appWorld(answer);
  return { ...world, github: await world.installation() };
};

const secret = randomBytes(32).toString("base64url");
const place: Schemas["secret-scanning-location-commit"] = {
  path: "src/app.ts",
  start_line: 3,
  end_line: 3,
  start_column: 17,
  end_column: 60,
  blob_sha: "b".repeat(40),
  blob_url: "https://api.github.com/x",
  commit_sha: "c".repeat(40),
  commit_url: "https://api.github.com/y",
};
const placed = {
  path: "src/app.ts",
  startLine: 3,
  endLine: 3,
  startColumn: 17,
  endColumn: 60,
  blobSha: "b".repeat(40),
  commitSha: "c".repeat(40),
};
const wireAlert = {
  number: 42,
  created_at: "2026-09-01T00:00:00Z",
  html_url: "https://github.com/acme/crm/security/secret-scanning/42",
  state: "open",
  secret_type: "genesys_cloud_oauth_secret",
  secret_type_display_name: "Genesys Cloud OAuth secret",
  secret,
  first_location_detected: place,
  has_more_locations: false,
} satisfies Schemas["secret-scanning-alert"];

describe("an alert", () => {
  test("comes with its secret, hidden, and its first location", async () => {
    const { github, asked } = await setUp(() => ({ body: wireAlert }));
    const alert = await github.alert("acme/crm", 42);
    expect(alert).toMatchObject({
      number: 42,
      url: "https://github.com/acme/crm/security/secret-scanning/42",
      state: "open",
      secretType: "genesys_cloud_oauth_secret",
      secretTypeDisplayName: "Genesys Cloud OAuth secret",
      createdAt: Date.parse("2026-09-01T00:00:00Z"),
      firstLocation: { type: "commit", commit: placed },
      hasMoreLocations: false,
    });
    expect(alert.secret.reveal()).toBe(secret);
    expect(JSON.stringify(alert)).not.toContain(secret);
    expect(asked()).toMatchObject([
      {
        method: "GET",
        path: "/repos/acme/crm/secret-scanning/alerts/42",
        query: {},
        headers: { accept: "application/vnd.github+json", "x-github-api-version": "2026-03-10" },
      },
    ]);
  });

  test("of which GitHub says little is taken as open, with more locations", async () => {
    const { github } = await setUp(() => ({
      body: { number: 1, created_at: "2026-09-01T00:00:00Z", secret, first_location_detected: null },
    }));
    const { secret: _, ...alert } = await github.alert("acme/crm", 1);
    expect(alert).toEqual({
      number: 1,
      url: "",
      state: "open",
      secretType: "",
      secretTypeDisplayName: "",
      createdAt: Date.parse("2026-09-01T00:00:00Z"),
      hasMoreLocations: true,
    });
  });

  test("that is resolved is said to be", async () => {
    const { github } = await setUp(() => ({ body: { ...wireAlert, state: "resolved" } }));
    expect(await github.alert("acme/crm", 42)).toMatchObject({ state: "resolved" });
  });

  test.each([
    ["is decoded", Buffer.from(secret).toString("base64"), true, secret],
    ["is left where it is what was decoded", secret, true, secret],
    [
      "is left where it is that of a Basic header",
      Buffer.from(`some-id:${secret}`).toString("base64"),
      true,
      undefined,
    ],
    ["is left where GitHub does not say so", Buffer.from(secret).toString("base64"), false, undefined],
  ])("a secret in base64 %s", async (_, wire, flag, plain = wire) => {
    const { github } = await setUp(() => ({ body: { ...wireAlert, secret: wire, is_base64_encoded: flag } }));
    expect((await github.alert("acme/crm", 42)).secret.reveal()).toBe(plain);
  });

  test.each([
    ["secret", { ...wireAlert, secret: undefined }],
    ["number", { ...wireAlert, number: undefined }],
    ["created_at", { ...wireAlert, created_at: undefined }],
    ["created_at", { ...wireAlert, created_at: "soon" }],
    ["secret", undefined],
  ])("without its %s is an unexpected answer, told without the secret", async (missing, body) => {
    const { github } = await setUp(() => ({ body }));
    const error = await failing(github.alert("acme/crm", 42));
    expect(error).toBeInstanceOf(PlatformError);
    expect(error.message).toContain(`no ${missing} in the answer`);
    expect(error.message).not.toContain(secret);
  });

  test.each([
    ["wiki_commit", { ...place, page_url: "https://github.com/x" }],
    ["issue_title", { issue_title_url: "https://api.github.com/x" }],
    ["pull_request_review_comment", { pull_request_review_comment_url: "https://api.github.com/x" }],
    ["unknown", {}],
  ])("whose first location is a %s has no place in a file", async (type, details) => {
    const { github } = await setUp(() => ({ body: { ...wireAlert, first_location_detected: details } }));
    expect((await github.alert("acme/crm", 42)).firstLocation).toEqual({ type });
  });

  test.each(Object.keys(place).filter((field) => !field.endsWith("_url") && field !== "commit_sha"))(
    "whose first location lacks its %s has no place in a file",
    async (field) => {
      const details = { ...place, [field]: undefined };
      const { github } = await setUp(() => ({ body: { ...wireAlert, first_location_detected: details } }));
      expect((await github.alert("acme/crm", 42)).firstLocation).toEqual({ type: "commit" });
    },
  );
});

test("locations are listed to the last page, with the type that GitHub says", async () => {
  const listed: Schemas["secret-scanning-location"][] = [
    { type: "commit", details: place },
    { type: "issue_body", details: { issue_body_url: "https://api.github.com/x" } },
    {},
  ];
  const { github, asked } = await setUp(({ query }) => ({
    body: listed.slice(Number(query.page ?? 1) - 1, Number(query.page ?? 1)),
    headers:
      query.page === "3"
        ? {}
        : { link: `<https://api.github.com/z?per_page=100&page=${Number(query.page ?? 1) + 1}>; rel="next"` },
  }));
  expect(await github.locations("acme/crm", 42)).toEqual([
    { type: "commit", commit: placed },
    { type: "issue_body" },
    { type: "unknown" },
  ]);
  expect(asked()[0]?.path).toBe("/repos/acme/crm/secret-scanning/alerts/42/locations");
});

describe("a blob", () => {
  const bytes = Buffer.from([0xff, 0xfe, 0, 1, 0x0d, 0x0a, 0xc3, 0x28]);

  test("is the bytes as they are, neither JSON nor text", async () => {
    const { github, asked } = await setUp((_, count) => ({ body: count === 1 ? bytes : '{"a": 1}' }));
    expect(Buffer.from(await github.blob("acme/crm", "abc", 8)).equals(bytes)).toBe(true);
    expect(Buffer.from(await github.blob("acme/crm", "abc", 8)).toString()).toBe('{"a": 1}');
    expect(asked()[0]).toMatchObject({
      path: "/repos/acme/crm/git/blobs/abc",
      headers: { accept: "application/vnd.github.raw+json" },
    });
  });

  test("may be empty", async () => {
    const { github } = await setUp(() => ({ body: undefined }));
    expect(await github.blob("acme/crm", "abc", 8)).toHaveLength(0);
  });

  test.each([
    ["by its announced length", { "content-length": "9" }],
    ["by what comes", { "transfer-encoding": "chunked" }],
  ])("larger than is wanted is told %s", async (_, headers) => {
    const { github, asked } = await setUp(() => ({ headers, body: Buffer.alloc(9) }));
    const error = await failing(github.blob("acme/crm", "abc", 8));
    expect(error).toBeInstanceOf(TooLargeError);
    expect(error.message).toContain(
      "blob abc of repository acme/crm: is larger than the 8 bytes that are read",
    );
    expect(asked()).toHaveLength(1);
  });

  test("larger than GitHub hands out is told", async () => {
    const { github } = await setUp(() => ({
      status: 403,
      body: {
        message: "This API returns blobs up to 100 MB in size.",
        errors: [{ resource: "Blob", field: "data", code: "too_large" }],
      },
    }));
    const error = await failing(github.blob("acme/crm", "abc", 8));
    expect(error).toBeInstanceOf(TooLargeError);
    expect(error.message).toContain("is larger than the service hands out");
  });
});

describe("a commit", () => {
  const wireCommit = {
    sha: "c".repeat(40),
    commit: {
      author: { name: "Ada", email: "ada@example.com", date: "2020-01-01T00:00:00Z" },
      committer: { name: "Ada", email: "ada@example.com", date: "2026-09-01T00:00:00Z" },
    },
    author: { login: "ada" },
    files: [
      { filename: "src/app.ts", sha: "b".repeat(40), status: "modified" },
      { filename: "gone.ts", sha: "d".repeat(40), status: "removed" },
      { filename: "vendor", sha: null, status: "added" },
    ],
  };

  test("is its author, its time and the files that it left", async () => {
    const { github, asked } = await setUp(() => ({ body: wireCommit }));
    expect(await github.commit("acme/crm", "c".repeat(40))).toEqual({
      sha: "c".repeat(40),
      committedAt: Date.parse("2026-09-01T00:00:00Z"),
      login: "ada",
      email: "ada@example.com",
      files: [{ path: "src/app.ts", blobSha: "b".repeat(40) }],
    });
    expect(asked()[0]?.path).toBe(`/repos/acme/crm/commits/${"c".repeat(40)}`);
  });

  test.each([null, {}, undefined])("by %p has no login", async (author) => {
    const { github } = await setUp(() => ({
      body: {
        ...wireCommit,
        author,
        commit: { author: { date: "2020-01-01T00:00:00Z" }, committer: null },
        files: undefined,
      },
    }));
    expect(await github.commit("acme/crm", "c1")).toEqual({
      sha: "c".repeat(40),
      committedAt: Date.parse("2020-01-01T00:00:00Z"),
      files: [],
    });
  });

  test.each([
    ["commit", undefined],
    ["commit", { sha: "c1" }],
    ["commit", { commit: {} }],
    ["date", { sha: "c1", commit: { author: null, committer: null } }],
  ])("without a %s is an unexpected answer: %p", async (missing, body) => {
    const { github } = await setUp(() => ({ body }));
    const error = await failing(github.commit("acme/crm", "c1"));
    expect(error).toBeInstanceOf(PlatformError);
    expect(error.message).toContain(`no ${missing} in the answer`);
  });
});

describe("resolving", () => {
  const resolution = { resolution: "revoked", comment: "Contained." } as const;

  test("says the state, the reason and the comment", async () => {
    const { github, asked } = await setUp(() => ({ body: {} }));
    await github.resolve("acme/crm", 42, resolution);
    expect(asked()).toMatchObject([{ method: "PATCH", path: "/repos/acme/crm/secret-scanning/alerts/42" }]);
    expect(JSON.parse(asked()[0]?.text ?? "")).toEqual({
      state: "resolved",
      resolution: "revoked",
      resolution_comment: "Contained.",
    });
  });

  test("what is resolved already is no failure", async () => {
    const { github, asked } = await setUp(({ method }) =>
      method === "PATCH" ? { status: 400, body: {} } : { body: { state: "resolved" } },
    );
    await github.resolve("acme/crm", 42, resolution);
    expect(asked()[1]).toMatchObject({ method: "GET", query: { hide_secret: "true" } });
  });

  test.each([{ state: "open" }, undefined])("what is refused and %p is a failure", async (body) => {
    const { github } = await setUp(({ method }) => (method === "PATCH" ? { status: 400 } : { body }));
    expect(await failing(github.resolve("acme/crm", 42, resolution))).toBeInstanceOf(InvalidRequestError);
  });

  test.each([
    [403, ForbiddenError, "a reviewer closes the alert by hand"],
    [404, NotFoundError, "secret scanning is off"],
    [422, InvalidRequestError, "GitHub PATCH"],
    [412, InvalidRequestError, "GitHub PATCH"],
    [500, AmbiguousOutcomeError, "Look the object up"],
  ])("refused with HTTP %p is told", async (status, kind, words) => {
    const { github } = await setUp(() => ({ status, body: { message: "No." } }));
    const error = await failing(github.resolve("acme/crm", 42, resolution));
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(/^alert 42 of repository acme\/crm: /);
    expect(error.message).toContain(words);
  });

  test("is repeated after a connection that broke", async () => {
    const { github } = await setUp((_, count) => (count === 1 ? "drop" : { body: {} }));
    await github.resolve("acme/crm", 42, resolution);
  });
});

test("our own verdict is set, and one that GitHub does not take is told", async () => {
  const { github, asked } = await setUp((_, count) => ({ status: count === 1 ? 200 : 422, body: {} }));
  await github.setValidity("acme/crm", 42, "inactive");
  expect(JSON.parse(asked()[0]?.text ?? "")).toEqual({ validity: "inactive" });
  const error = await failing(github.setValidity("acme/crm", 42, "inactive"));
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect(error).toMatchObject({ status: 422 });
});

describe("open alerts of the organisation", () => {
  test("are asked for without their secrets, to the last page", async () => {
    const { github, asked } = await setUp(({ query }) => ({
      body: [
        {
          ...wireAlert,
          secret: undefined,
          number: Number(query.page ?? 1),
          repository: { full_name: "acme/crm" },
        },
      ],
      headers:
        query.page === "2" ? {} : { link: '<https://api.github.com/z?per_page=100&page=2>; rel="next"' },
    }));
    const listed = await github.openAlerts("acme");
    expect(listed.map(({ repository, number }) => [repository, number])).toEqual([
      ["acme/crm", 1],
      ["acme/crm", 2],
    ]);
    expect(asked()[0]).toMatchObject({
      path: "/orgs/acme/secret-scanning/alerts",
      query: { state: "open", hide_secret: "true", per_page: "100" },
    });
  });

  test("without a repository are an unexpected answer", async () => {
    const { github } = await setUp(() => ({ body: [wireAlert] }));
    expect((await failing(github.openAlerts("acme"))).message).toContain("no repository in the answer");
  });
});

describe("deliveries that no receiver took", () => {
  const hour = 3_600_000;
  const start = Date.parse("2026-09-01T00:00:00Z");
  const attempt = (id: number, guid: string, status_code: number, hours: number) => ({
    id,
    guid,
    status_code,
    event: "secret_scanning_alert",
    delivered_at: new Date(start + hours * hour).toISOString(),
  });

  test("are one for each event, with its latest attempt, up to the time that is asked for", async () => {
    const listed = [
      [attempt(9, "late", 0, 9), attempt(8, "taken", 200, 8), attempt(7, "twice", 504, 7)],
      [attempt(6, "twice", 502, 6), attempt(5, "taken", 500, 5), attempt(4, "moved", 301, 4)],
      [attempt(3, "old", 500, 3), attempt(2, "older", 500, 2)],
      [attempt(1, "oldest", 500, 1)],
    ];
    const { github, asked } = await setUp(({ query }) => ({
      body: listed[Number(query.cursor ?? 0)],
      headers: {
        link: `<https://api.github.com/z?per_page=100&cursor=${Number(query.cursor ?? 0) + 1}>; rel="next"`,
      },
    }));
    const failed = await github.failedDeliveries("acme", 5, start + 3 * hour);
    expect(failed).toEqual([
      { id: 3, guid: "old", event: "secret_scanning_alert", deliveredAt: start + 3 * hour },
      { id: 7, guid: "twice", event: "secret_scanning_alert", deliveredAt: start + 7 * hour },
      { id: 9, guid: "late", event: "secret_scanning_alert", deliveredAt: start + 9 * hour },
    ]);
    expect(asked().map(({ path, query }) => [path, query.cursor])).toEqual([
      ["/orgs/acme/hooks/5/deliveries", undefined],
      ["/orgs/acme/hooks/5/deliveries", "1"],
      ["/orgs/acme/hooks/5/deliveries", "2"],
    ]);
  });

  test("are delivered again at our word", async () => {
    const { github, asked } = await setUp(() => ({ status: 202, body: {} }));
    await github.redeliver("acme", 5, 9);
    expect(asked()).toMatchObject([{ method: "POST", path: "/orgs/acme/hooks/5/deliveries/9/attempts" }]);
  });
});

describe("what is not there", () => {
  test.each([301, 404, 409, 410, 422, 451])("is told alike, here by HTTP %p", async (status) => {
    const { github } = await setUp(() => ({ status, body: { message: "No commit found for SHA" } }));
    const calls = [
      github.alert("acme/crm", 1),
      github.locations("acme/crm", 1),
      github.blob("acme/crm", "abc", 8),
      github.commit("acme/crm", "abc"),
    ];
    const errors = await Promise.all(calls.map(failing));
    for (const error of errors) expect(error).toBeInstanceOf(NotFoundError);
  });

  test.each(["acme", "acme/", "/crm", "acme/crm/x"])("%p is no repository", async (name) => {
    const { github, asked } = await setUp(() => ({ body: [] }));
    await expect(github.locations(name, 1)).rejects.toThrow("it must be OWNER/NAME");
    expect(asked()).toEqual([]);
  });
});
