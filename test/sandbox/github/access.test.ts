import { request } from "node:http";
import { orgPatterns, repoPatterns, startCaller, stopCallers } from "./caller.ts";
import { assumed, sources, verified } from "./marks.ts";

afterEach(stopCallers);

const documentation_url = "https://docs.github.com/rest/secret-scanning/custom-patterns";

describe("who may call", () => {
  test.each([
    ["no token", {}, 401, "Requires authentication"],
    ["a wrong token", { authorization: "Bearer wrong" }, 401, "Bad credentials"],
  ])("%s is refused [assumed]", async (_what, headers, status, message) => {
    const { call } = await startCaller();
    const answer = await call("GET", orgPatterns, undefined, { authorization: "", ...headers });
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ message, documentation_url, status: String(status) });
  });

  verified(sources.gettingStarted, "a caller without a User-Agent is refused", async () => {
    const { github } = await startCaller();
    const status = await new Promise((resolve, reject) => {
      const call = request(github.url + orgPatterns, { headers: { authorization: `token ${github.token}` } });
      call.once("response", (response) => resolve(response.resume().statusCode));
      call.once("error", reject);
      call.end();
    });
    expect(status).toBe(403);
  });

  assumed("a token that may read cannot write, one that may nothing sees nothing", async () => {
    const { call, github } = await startCaller();
    const as = (access: "read" | "none") => ({ authorization: `token ${github.issueToken(access)}` });
    const patterns = [{ name: "n", pattern: "a" }];
    expect((await call("GET", orgPatterns, undefined, as("read"))).status).toBe(200);
    expect((await call("POST", orgPatterns, { patterns }, as("read"))).status).toBe(403);
    expect((await call("GET", orgPatterns, undefined, as("none"))).status).toBe(404);
  });

  assumed("a token that is revoked is dead at once", async () => {
    const { call, github } = await startCaller();
    github.revokeToken(github.environment().GITHUB_TOKEN);
    expect((await call("GET", orgPatterns)).status).toBe(401);
  });

  verified(
    sources.patterns,
    "an unknown scope, an unknown path and scanning switched off are 404",
    async () => {
      const { call, github } = await startCaller();
      expect(github.environment().GITHUB_API_URL).toBe(github.url);
      expect((await call("GET", "/orgs/other/secret-scanning/custom-patterns")).status).toBe(404);
      expect((await call("GET", "/nowhere")).status).toBe(404);
      github.world.setSecretScanning({ repository: "example-org/example-repo" }, false);
      expect((await call("GET", repoPatterns)).body).toMatchObject({
        message: "Secret scanning is disabled on this repository.",
      });
    },
  );

  test.each(["administration", "secret_scanning_alerts"] as const)(
    "the answer names the permission: %s [assumed]",
    async (repositoryPermission) => {
      const { call } = await startCaller({ switches: { repositoryPermission } });
      const { headers } = await call("GET", repoPatterns);
      expect(headers.get("x-accepted-github-permissions")).toBe(`${repositoryPermission}=read`);
      expect(headers.get("x-github-request-id")).toMatch(/^[0-9A-F]{16}$/);
    },
  );

  test("an injected status has GitHub's body", async () => {
    const { call, github } = await startCaller();
    for (const [status, message] of [
      [429, "API rate limit exceeded"],
      [502, "Server Error"],
    ] as const) {
      github.faults.add({ fault: { kind: "status", status }, times: 1 });
      expect((await call("GET", orgPatterns)).body).toMatchObject({ message, status: String(status) });
    }
  });
});

describe("how often", () => {
  verified(sources.rateLimits, "the hourly limit is told by headers and ends with the hour", async () => {
    let now = 0;
    const { call } = await startCaller({ rateLimit: { callsPerHour: 2 }, now: () => now });
    const first = await call("GET", orgPatterns);
    expect(first.headers.get("x-ratelimit-limit")).toBe("2");
    expect(first.headers.get("x-ratelimit-remaining")).toBe("1");
    expect(first.headers.get("x-ratelimit-reset")).toBe("3600");
    await call("GET", orgPatterns);
    const refused = await call("GET", orgPatterns);
    expect(refused.status).toBe(403);
    expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
    expect(refused.body).toMatchObject({ message: expect.stringContaining("API rate limit exceeded") });
    now = 3_600_000;
    expect((await call("GET", orgPatterns)).status).toBe(200);
  });

  verified(
    sources.rateLimits,
    "the secondary limit counts a write five times and says when to return",
    async () => {
      let now = 0;
      const { call } = await startCaller({ rateLimit: { pointsPerMinute: 6 }, now: () => now });
      await call("POST", orgPatterns, { patterns: [{ name: "n", pattern: "a" }] });
      expect((await call("GET", orgPatterns)).status).toBe(200);
      now = 20_000;
      const refused = await call("GET", orgPatterns);
      expect(refused.status).toBe(403);
      expect(refused.headers.get("retry-after")).toBe("40");
      expect(refused.body).toMatchObject({ message: expect.stringContaining("secondary rate limit") });
      now = 60_000;
      expect((await call("GET", orgPatterns)).status).toBe(200);
    },
  );
});
