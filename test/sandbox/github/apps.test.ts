import { createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InstalledApp } from "../../../sandbox/github/index.ts";
import { leakWorld, newSecret, repository } from "./leak-world.ts";
import { assumed, sources, verified } from "./marks.ts";

const jwtPage =
  "docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app";
const tokenPage = "docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app";

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

const signed = (
  privateKey: string,
  claims: object,
  header: object = { alg: "RS256", typ: "JWT" },
): string => {
  const content = `${base64url(header)}.${base64url(claims)}`;
  return `${content}.${createSign("sha256").update(content).sign(privateKey, "base64url")}`;
};

const setUp = (...given: Parameters<typeof leakWorld>) => {
  const world = leakWorld(...given);
  const app = world.github.world.installApp({ organization: "example-org" });
  const now = () => Math.floor(world.clock.now() / 1000);
  const claims = (change: object = {}) => ({
    iat: now() - 60,
    exp: now() + 540,
    iss: app.clientId,
    ...change,
  });
  const mint = (authorization: string, body?: unknown, id = app.installationId) =>
    world.call("POST", `/app/installations/${id}/access_tokens`, body, { authorization });
  const token = async (body?: unknown): Promise<string> => {
    const answer = await mint(`Bearer ${signed(app.privateKey, claims())}`, body);
    return ((await answer.json()) as { token: string }).token;
  };
  const as = (bearer: string) => (method: string, path: string, body?: unknown) =>
    world.call(method, path, body, { authorization: `Bearer ${bearer}` });
  return { ...world, app, now, claims, mint, token, as };
};

describe("a token of the App's own", () => {
  verified(jwtPage, "may name the App by its client id or its number", async () => {
    const { app, mint, claims } = setUp();
    for (const iss of [app.clientId, app.appId, String(app.appId)]) {
      expect((await mint(`Bearer ${signed(app.privateKey, claims({ iss }))}`)).status).toBe(201);
    }
  });

  test.each([
    ["lives too long", { exp: 601 }, "'Expiration time' claim ('exp') is too far in the future"],
    ["is over", { exp: 0 }, "'Expiration time' claim ('exp') must be a numeric value"],
    ["comes from the future", { iat: 61 }, "'Issued at' claim ('iat') must be an Integer"],
  ])("that %s is refused [verified: %j]", async (_, change, message) => {
    const { app, mint, claims, now } = setUp();
    const moved = Object.fromEntries(Object.entries(change).map(([name, ahead]) => [name, now() + ahead]));
    const answer = await mint(`Bearer ${signed(app.privateKey, claims(moved))}`);
    expect(answer.status).toBe(401);
    expect(((await answer.json()) as { message: string }).message).toContain(message);
  });

  test.each([
    [
      "no claim of its end",
      (app: InstalledApp, claims: object) => signed(app.privateKey, { ...claims, exp: "x" }),
    ],
    [
      "no claim of its start",
      (app: InstalledApp, claims: object) => signed(app.privateKey, { ...claims, iat: null }),
    ],
    [
      "another issuer",
      (app: InstalledApp, claims: object) => signed(app.privateKey, { ...claims, iss: "x" }),
    ],
    [
      "another algorithm",
      (app: InstalledApp, claims: object) => signed(app.privateKey, claims, { alg: "none" }),
    ],
    ["no claims", (app: InstalledApp) => signed(app.privateKey, 5 as unknown as object)],
    ["no token", () => "x"],
    [
      "another key",
      (_: InstalledApp, claims: object) =>
        signed(
          generateKeyPairSync("rsa", {
            modulusLength: 2048,
            publicKeyEncoding: { type: "spki", format: "pem" },
            privateKeyEncoding: { type: "pkcs1", format: "pem" },
          }).privateKey,
          claims,
        ),
    ],
  ])("with %s is refused [assumed]", async (_, make) => {
    const { app, mint, claims } = setUp();
    expect((await mint(`Bearer ${make(app, claims())}`)).status).toBe(401);
  });

  assumed("opens its own installations alone, and none that is suspended or gone", async () => {
    const { github, app, mint, claims } = setUp();
    const other = github.world.installApp({ organization: "example-org" });
    const bearer = () => `Bearer ${signed(app.privateKey, claims())}`;
    expect((await mint(bearer(), undefined, other.installationId)).status).toBe(404);
    expect((await mint(bearer(), undefined, 5)).status).toBe(404);
    expect((await mint("")).status).toBe(401);
    const installation = github.world.apps.find(app.installationId);
    if (installation !== undefined) installation.suspended = true;
    expect((await mint(bearer())).status).toBe(403);
    github.world.apps.uninstall(app.installationId);
    expect((await mint(bearer())).status).toBe(401);
  });
});

describe("an installation token", () => {
  verified(tokenPage, "says what it may do and lives for an hour", async () => {
    const { app, mint, claims, clock, as } = setUp();
    const answer = await mint(`Bearer ${signed(app.privateKey, claims())}`, {
      permissions: { contents: "read" },
    });
    const body = (await answer.json()) as { token: string };
    expect(body).toMatchObject({
      token: expect.stringMatching(/^ghs_/),
      expires_at: "2026-09-01T01:00:00Z",
      permissions: { contents: "read" },
      repository_selection: "all",
    });
    const read = () => as(body.token)("GET", `/repos/${repository}/commits/abc`);
    await clock.advanceBy(3_599_999);
    expect((await read()).status).toBe(422);
    await clock.advanceBy(1);
    expect((await read()).status).toBe(401);
  });

  verified(tokenPage, "is not given for more than the installation has", async () => {
    const { app, mint, claims, github } = setUp();
    const narrow = github.world.installApp({ organization: "example-org", repositories: ["example-repo"] });
    const refused = async (installed: InstalledApp, body: unknown) => {
      const bearer = `Bearer ${signed(installed.privateKey, { ...claims(), iss: installed.clientId })}`;
      return (await mint(bearer, body, installed.installationId)).status;
    };
    expect(await refused(app, { permissions: { contents: "write" } })).toBe(422);
    expect(await refused(app, { permissions: { actions: "read" } })).toBe(422);
    expect(await refused(app, { permissions: { secret_scanning_alerts: "read" } })).toBe(201);
    expect(await refused(narrow, { repositories: ["other"] })).toBe(422);
    expect(await refused(narrow, { repositories: ["example-repo"] })).toBe(201);
  });

  verified(sources.openapi, "may do what was asked for, where it is installed, and no more", async () => {
    const { token, as, github } = setUp({ organizations: ["example-org", "other-org"] });
    github.world.addRepository("example-org/second");
    const alerts = as(await token({ permissions: { secret_scanning_alerts: "read" } }));
    expect((await alerts("GET", "/orgs/example-org/secret-scanning/alerts")).status).toBe(200);
    const refused = await alerts("GET", `/repos/${repository}/git/blobs/abc`);
    expect(refused.status).toBe(403);
    expect(refused.headers.get("x-accepted-github-permissions")).toBe("contents=read");
    expect(await refused.json()).toMatchObject({ message: "Resource not accessible by integration" });
    expect((await alerts("PATCH", `/repos/${repository}/secret-scanning/alerts/1`, {})).status).toBe(403);
    expect((await alerts("GET", "/orgs/other-org/secret-scanning/alerts")).status).toBe(404);
    const one = as(await token({ repositories: ["example-repo"] }));
    expect((await one("GET", `/repos/${repository}/secret-scanning/alerts`)).status).toBe(200);
    expect((await one("GET", "/repos/example-org/second/secret-scanning/alerts")).status).toBe(404);
  });

  test("of two runs of one installation share its rate limit", async () => {
    const { token, as } = setUp({ rateLimit: { callsPerHour: 2 } });
    const path = "/orgs/example-org/secret-scanning/alerts";
    expect((await as(await token())("GET", path)).status).toBe(200);
    expect((await as(await token())("GET", path)).status).toBe(200);
    expect((await as(await token())("GET", path)).status).toBe(403);
  });

  test("makes the App the one who acts", async () => {
    const { github, addPattern, publish, installation } = leakWorld();
    publish(await addPattern());
    github.world.push({ repository, author: { login: "ada" }, files: { a: `secret = ${newSecret()}` } });
    const app = await installation({ slug: "leak-guard" });
    await app.resolve(repository, 1, { resolution: "revoked", comment: "done" });
    expect(github.world.findAlert(repository, 1)).toMatchObject({
      state: "resolved",
      resolution: "revoked",
      resolutionComment: "done",
      resolvedBy: "leak-guard[bot]",
    });
  });
});

test("everything secret that is handed out is noted, keys word by word", async () => {
  const folder = mkdtempSync(join(tmpdir(), "issued-"));
  const before = process.env.SANDBOX_ISSUED_SECRETS;
  const file = join(folder, "issued");
  process.env.SANDBOX_ISSUED_SECRETS = file;
  try {
    const { app, token, github, call } = setUp();
    const webhookSecret = randomBytes(32).toString("base64url");
    const config = { url: "https://guard.example.com", secret: webhookSecret };
    await call("POST", "/orgs/example-org/hooks", { name: "web", config });
    const minted = await token();
    await github.settled();
    const noted = readFileSync(file, "utf8").split("\n");
    expect(noted).toEqual(expect.arrayContaining([github.token, minted, webhookSecret]));
    const words = app.privateKey.match(/[A-Za-z0-9_-]{32,}/g) ?? [];
    expect(words.length).toBeGreaterThan(0);
    expect(noted).toEqual(expect.arrayContaining(words));
  } finally {
    // It names them all, and is no leak.
    rmSync(file, { force: true });
    if (before === undefined) delete process.env.SANDBOX_ISSUED_SECRETS;
    else process.env.SANDBOX_ISSUED_SECRETS = before;
    rmSync(folder, { recursive: true, force: true });
  }
});
