import type { components } from "@octokit/openapi-types";
import {
  ForbiddenError,
  InvalidRequestError,
  NotFoundError,
  TooLargeError,
} from "../../../apis/github/errors.ts";
import { startGithub } from "../../../sandbox/github/index.ts";
import { first, leakWorld, newSecret, repository } from "./leak-world.ts";
import { assumed, sources, verified } from "./marks.ts";

type Schemas = components["schemas"];

const alertsPage = "docs.github.com/en/rest/secret-scanning/secret-scanning";
const blobsPage = "docs.github.com/en/rest/git/blobs";
const route = `/repos/${repository}/secret-scanning/alerts`;
const ada = { login: "ada" };

/** A published pattern, and one alert for each secret. */
const leaked = async (secrets: number, options: Parameters<typeof leakWorld>[0] = {}) => {
  const world = leakWorld(options);
  world.publish(await world.addPattern());
  const pushed: string[] = [];
  for (let i = 0; i < secrets; i += 1) {
    const secret = newSecret();
    pushed.push(secret);
    world.github.world.push({ repository, author: ada, files: { [`${i}.ini`]: `secret = ${secret}\n` } });
    await world.clock.advanceBy(1_000);
  }
  const read = async <T>(path: string): Promise<T> => (await (await world.call("GET", path)).json()) as T;
  const patch = (number: number, body: unknown) => world.call("PATCH", `${route}/${number}`, body);
  return { ...world, pushed, read, patch };
};

describe("an alert", () => {
  verified(alertsPage, "shows its secret unless it is to be hidden", async () => {
    const { read, pushed } = await leaked(1);
    expect(await read(`${route}/1`)).toMatchObject({ secret: pushed[0], state: "open", resolution: null });
    for (const path of [`${route}/1?hide_secret=true`, `${route}?hide_secret=true`]) {
      expect(JSON.stringify(await read(path))).not.toContain(pushed[0]);
    }
    const organization = "/orgs/example-org/secret-scanning/alerts";
    expect(JSON.stringify(await read(`${organization}?hide_secret=true`))).not.toContain(pushed[0]);
    expect(first(await read<Schemas["organization-secret-scanning-alert"][]>(organization))).toMatchObject({
      secret: pushed[0],
      repository: { full_name: repository, owner: { login: "example-org", type: "Organization" } },
    });
  });

  verified(alertsPage, "is resolved with a reason, and opened again", async () => {
    const { patch, read } = await leaked(1);
    const resolved = await patch(1, { state: "resolved", resolution: "revoked", resolution_comment: "done" });
    expect(await resolved.json()).toMatchObject({
      state: "resolved",
      resolution: "revoked",
      resolution_comment: "done",
      resolved_at: "2026-09-01T00:00:01Z",
      resolved_by: { login: "octo-admin" },
    });
    expect((await patch(1, { state: "open" })).status).toBe(200);
    expect(await read(`${route}/1`)).toMatchObject({ state: "open", resolution: null, resolved_at: null });
    expect((await patch(1, { state: "open" })).status).toBe(200);
  });

  test.each([
    [422, {}],
    [422, { state: "resolved" }],
    [422, { state: "open", resolution: "revoked" }],
    [422, { resolution: "revoked" }],
    [422, { resolution_comment: "done" }],
    [422, { state: "resolved", resolution: "pattern_edited" }],
    [422, { validity: "inactive" }],
    [200, { assignee: "ada" }],
    [200, { assignee: null }],
  ])("answers %p to %j [verified: the schema's words for 422]", async (status, body) => {
    const { patch } = await leaked(1);
    expect((await patch(1, body)).status).toBe(status);
  });

  verified(
    sources.openapi,
    "that is resolved just so already is 400, which our client takes for done",
    async () => {
      const { patch, installation } = await leaked(1);
      const body = { state: "resolved", resolution: "revoked" };
      expect((await patch(1, body)).status).toBe(200);
      expect((await patch(1, body)).status).toBe(400);
      await (await installation()).resolve(repository, 1, { resolution: "revoked", comment: "again" });
    },
  );

  verified(sources.openapi, "takes no word of who is no reviewer, where dismissal is delegated", async () => {
    const { github, installation, patch } = await leaked(1);
    github.world.delegateDismissal(repository, ["octo-admin"]);
    const app = await installation();
    const resolution = { resolution: "revoked", comment: "done" } as const;
    await expect(app.resolve(repository, 1, resolution)).rejects.toThrow(ForbiddenError);
    expect((await patch(1, { state: "resolved", resolution: "revoked" })).status).toBe(200);
    github.world.delegateDismissal(repository, undefined);
    await patch(1, { state: "open" });
    await app.resolve(repository, 1, resolution);
  });

  assumed("of a custom pattern takes no validity of ours, or does", async () => {
    const refusing = await leaked(1);
    const app = await refusing.installation();
    await expect(app.setValidity(repository, 1, "inactive")).rejects.toThrow(InvalidRequestError);
    const taking = await leaked(1, { switches: { takesOwnValidity: true } });
    await (await taking.installation()).setValidity(repository, 1, "inactive");
    expect(await taking.read(`${route}/1`)).toMatchObject({ validity: "inactive" });
    await taking.patch(1, { validity: null });
    expect(await taking.read(`${route}/1`)).toMatchObject({ validity: "unknown" });
  });

  verified(alertsPage, "is 404 where it is not, scanning is off, or the repository is gone", async () => {
    const { github, installation } = await leaked(1);
    const app = await installation();
    await expect(app.alert(repository, 2)).rejects.toThrow(NotFoundError);
    github.world.setSecretScanning({ repository }, false);
    await expect(app.alert(repository, 1)).rejects.toThrow(NotFoundError);
    expect(await app.openAlerts("example-org")).toEqual([]);
    github.world.setSecretScanning({ repository }, true);
    expect(await app.alert(repository, 1)).toMatchObject({ number: 1 });
    github.world.deleteRepository(repository);
    await expect(app.alert(repository, 1)).rejects.toThrow(NotFoundError);
    expect(await app.openAlerts("example-org")).toEqual([]);
    github.world.addRepository(repository);
    await expect(app.alert(repository, 1)).rejects.toThrow(NotFoundError);
  });

  test("goes with its pattern, if whoever deletes the pattern says so", async () => {
    const { github, read } = await leaked(1);
    github.world.deleteByHand(1, "delete_alerts");
    expect(await read(route)).toEqual([]);
    expect(github.world.findAlert(repository, 1)).toBeUndefined();
  });
});

describe("a list of alerts", () => {
  verified(alertsPage, "is filtered and sorted as is asked, the latest first", async () => {
    const { patch, read } = await leaked(3);
    await patch(1, { state: "resolved", resolution: "revoked" });
    const listed = async (query: string) =>
      (await read<Schemas["secret-scanning-alert"][]>(`${route}?${query}`)).map(({ number }) => number);
    expect(await listed("")).toEqual([3, 2, 1]);
    expect(await listed("state=open")).toEqual([3, 2]);
    expect(await listed("resolution=revoked,wont_fix")).toEqual([1]);
    expect(await listed("validity=active")).toEqual([]);
    expect(await listed("secret_type=genesys_cloud_oauth_secret&direction=asc")).toEqual([1, 2, 3]);
    expect(await listed("secret_type=other")).toEqual([]);
    expect(await listed("sort=updated")).toEqual([1, 3, 2]);
  });

  test("of 130 open ones is complete, without a secret", async () => {
    const { installation, pushed } = await leaked(130);
    const listed = await (await installation()).openAlerts("example-org");
    expect(new Set(listed.map(({ number }) => number)).size).toBe(130);
    for (const secret of pushed) expect(JSON.stringify(listed)).not.toContain(secret);
  });
});

describe("a blob", () => {
  const binary = Buffer.from([0xff, 0xfe, 0, 0x0d, 0x0a, 0x80]);

  verified(blobsPage, "is base64 in JSON, or its bytes", async () => {
    const { github, installation, read } = leakedBinary();
    const sha = first(first(github.world.repository(repository)?.commits ?? []).files).blobSha;
    const json = await read<Schemas["blob"]>(`/repos/${repository}/git/blobs/${sha}`);
    expect(json).toMatchObject({ sha, size: 6, encoding: "base64" });
    expect(Buffer.from(json.content, "base64").equals(binary)).toBe(true);
    const app = await installation();
    expect(Buffer.from(await app.blob(repository, sha, 6)).equals(binary)).toBe(true);
    await expect(app.blob(repository, sha, 5)).rejects.toThrow(TooLargeError);
    await expect(app.blob(repository, "0".repeat(40), 5)).rejects.toThrow(NotFoundError);
  });

  const leakedBinary = (largestBlob = 100) => {
    const world = leakWorld({ largestBlob });
    world.github.world.push({ repository, author: ada, files: { "a.bin": binary } });
    const read = async <T>(path: string): Promise<T> => (await (await world.call("GET", path)).json()) as T;
    return { ...world, read };
  };

  assumed("beyond GitHub's limit is 403 with a code", async () => {
    const { github, installation } = leakedBinary(5);
    const sha = first(first(github.world.repository(repository)?.commits ?? []).files).blobSha;
    await expect((await installation()).blob(repository, sha, 1_000)).rejects.toThrow(
      "is larger than the service hands out",
    );
  });

  test("comes over HTTP as it does within the process", async () => {
    const github = await startGithub();
    try {
      github.world.push({ repository, author: ada, files: { "a.bin": binary } });
      const sha = first(first(github.world.repository(repository)?.commits ?? []).files).blobSha;
      const answer = await fetch(`${github.url}/repos/${repository}/git/blobs/${sha}`, {
        headers: { authorization: `Bearer ${github.token}`, accept: "application/vnd.github.raw+json" },
      });
      expect(answer.headers.get("content-length")).toBe("6");
      expect(Buffer.from(await answer.arrayBuffer()).equals(binary)).toBe(true);
    } finally {
      await github.close();
    }
  });
});

describe("a commit", () => {
  test("of a repository or by an id that is not there is 404 or 422, one answer for our client", async () => {
    const { installation, call, github } = leakWorld();
    const app = await installation();
    await expect(app.commit(repository, "abc")).rejects.toThrow(NotFoundError);
    expect((await call("GET", `/repos/${repository}/commits/abc`)).status).toBe(422);
    github.world.deleteRepository(repository);
    expect((await call("GET", `/repos/${repository}/commits/abc`)).status).toBe(404);
    expect((await call("GET", `/repos/${repository}/git/blobs/abc`)).status).toBe(404);
  });

  verified("docs.github.com/en/rest/commits/commits#get-a-commit", "shows 300 files a page", async () => {
    const { github, installation, call } = leakWorld();
    const files = Object.fromEntries(Array.from({ length: 301 }, (_, i) => [`${i}.txt`, `${i}`]));
    const pushed = github.world.push({ repository, author: ada, files });
    const sha = pushed.kind === "accepted" ? pushed.commit : "";
    expect((await (await installation()).commit(repository, sha)).files).toHaveLength(300);
    const second = await call("GET", `/repos/${repository}/commits/${sha}?page=2`);
    expect(((await second.json()) as Schemas["commit"]).files).toHaveLength(1);
  });
});
