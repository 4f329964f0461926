import { createHash, randomUUID } from "node:crypto";
import { leakPatterns } from "../../../core/leak/patterns/leak-patterns.ts";
import { UntranslatableError } from "../../../sandbox/github/expression.ts";
import { first, leakWorld, newSecret, repository, secretPattern } from "./leak-world.ts";
import { assumed, sources, verified } from "./marks.ts";

const ada = { login: "ada" };
const fileWith = (secret: string) => `client = "x"\nsecret = ${secret}\n`;

const published = async (...world: Parameters<typeof leakWorld>) => {
  const made = leakWorld(...world);
  const id = await made.addPattern();
  made.publish(id);
  return { ...made, id };
};

const accepted = (result: ReturnType<ReturnType<typeof leakWorld>["github"]["world"]["push"]>) => {
  if (result.kind !== "accepted") throw new Error("The push was blocked.");
  return result;
};

test("a pushed secret becomes an alert that says where it is, byte for byte", async () => {
  const { github, clock, installation } = await published();
  const secret = newSecret();
  const text = `# Zürich\r\nclient = "x"\r\n  secret = ${secret}\r\n`;
  const { alerts, commit } = accepted(
    github.world.push({ repository, author: ada, files: { "src/app.ini": text, "readme.md": "hello" } }),
  );
  expect(alerts).toHaveLength(1);
  const app = await installation();
  const alert = await app.alert(repository, 1);
  expect(alert.secret.reveal()).toBe(secret);
  expect(alert).toMatchObject({
    number: 1,
    state: "open",
    secretType: "genesys_cloud_oauth_secret",
    secretTypeDisplayName: secretPattern.name,
    createdAt: clock.now(),
    hasMoreLocations: false,
    firstLocation: {
      type: "commit",
      commit: {
        path: "src/app.ini",
        startLine: 3,
        endLine: 3,
        startColumn: 12,
        endColumn: 55,
        commitSha: commit,
      },
    },
  });
  const place = alert.firstLocation?.commit;
  const bytes = await app.blob(repository, place?.blobSha ?? "", 10_000);
  const line = Buffer.from(bytes).toString("latin1").split("\n")[(place?.startLine ?? 0) - 1] ?? "";
  expect(line.slice((place?.startColumn ?? 0) - 1, (place?.endColumn ?? 0) - 1)).toBe(secret);
  expect(createHash("sha1").update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex")).toBe(
    place?.blobSha,
  );
});

test("a commit says who made it, when, and what it changed", async () => {
  const { github, installation } = await published();
  const at = Date.UTC(2026, 0, 1);
  const files = { "a.txt": "1", "b/ü.txt": "2" };
  const one = accepted(github.world.push({ repository, author: ada, files, committedAt: at }));
  const person = { name: "Bob", email: "bob@example.com" };
  const two = accepted(github.world.push({ repository, author: person, files: { ...files, "a.txt": "3" } }));
  const app = await installation();
  const blobSha = expect.stringMatching(/^[0-9a-f]{40}$/);
  expect(await app.commit(repository, one.commit)).toEqual({
    sha: one.commit,
    committedAt: at,
    login: "ada",
    email: expect.stringMatching(/^\d+\+ada@users\.noreply\.github\.com$/),
    files: [
      { path: "a.txt", blobSha },
      { path: "b/ü.txt", blobSha },
    ],
  });
  const second = await app.commit(repository, two.commit);
  expect(second).toMatchObject({ email: "bob@example.com", files: [{ path: "a.txt" }] });
  expect(second).not.toHaveProperty("login");
});

test("the same secret elsewhere is a further location, another is another alert", async () => {
  const { github, installation } = await published();
  const [secret, other] = [newSecret(), newSecret()];
  github.world.push({ repository, author: ada, files: { "a.ini": fileWith(secret) } });
  github.world.push({ repository, author: ada, files: { "b.ini": `${fileWith(secret)}${fileWith(other)}` } });
  const app = await installation();
  expect((await app.alert(repository, 1)).hasMoreLocations).toBe(true);
  const places = await app.locations(repository, 1);
  expect(places.map(({ commit }) => commit?.path)).toEqual(["a.ini", "b.ini"]);
  expect((await app.alert(repository, 2)).secret.reveal()).toBe(other);
});

test("one secret that two patterns find raises two alerts", async () => {
  const { github, addPattern, publish } = await published();
  publish(await addPattern({ name: "Second", start_delimiter: "=[ \\t]*" }));
  github.world.push({ repository, author: ada, files: { "a.ini": fileWith(newSecret()) } });
  expect(github.world.alertsOf({ repository }).map(({ pattern }) => pattern.name)).toEqual([
    secretPattern.name,
    "Second",
  ]);
});

test("a secret in two repositories is two alerts that know of each other", async () => {
  const { github } = await published();
  github.world.addRepository("example-org/second");
  const files = { "a.ini": fileWith(newSecret()) };
  for (const each of [repository, "example-org/second"])
    github.world.push({ repository: each, author: ada, files });
  const alerts = github.world.alertsOf({ organization: "example-org" });
  expect(alerts.map(({ number, multiRepo }) => [number, multiRepo])).toEqual([
    [1, true],
    [1, true],
  ]);
});

describe("nothing is found", () => {
  test.each([
    [
      "with a pattern that nobody has published",
      async () => {
        const world = leakWorld();
        await world.addPattern();
        return world;
      },
    ],
    [
      "in a repository that is not scanned",
      async () => {
        const world = await published();
        world.github.world.setSecretScanning({ repository }, false);
        return world;
      },
    ],
    [
      "with the pattern of another repository",
      async () => {
        const world = leakWorld({ repositories: [repository, "example-org/other"] });
        const answer = await world.call("POST", "/repos/example-org/other/secret-scanning/custom-patterns", {
          patterns: [secretPattern],
        });
        const { created_patterns } = (await answer.json()) as { created_patterns: { id: number }[] };
        world.publish(first(created_patterns).id);
        return world;
      },
    ],
  ])("%s", async (_, make) => {
    const { github } = await make();
    const result = github.world.push({ repository, author: ada, files: { "a.ini": fileWith(newSecret()) } });
    expect(accepted(result).alerts).toEqual([]);
  });

  verified(sources.reference, "where a condition on the secret itself is not met", async () => {
    const { github, addPattern, publish } = leakWorld();
    publish(await addPattern({ must_match: ["A$"], must_not_match: ["^A"] }));
    const alertsOf = (text: string) =>
      accepted(github.world.push({ repository, author: ada, files: { "a.ini": fileWith(text) } })).alerts;
    expect(alertsOf(`x${"b".repeat(41)}A`)).toHaveLength(1);
    expect(alertsOf(`x${"c".repeat(41)}E`)).toHaveLength(0);
    expect(alertsOf(`A${"d".repeat(41)}A`)).toHaveLength(0);
  });
});

describe("the history", () => {
  const backfilled = async () => {
    const world = leakWorld();
    const hook = world.github.world.addHook({
      organization: "example-org",
      url: "https://guard.example.com",
      events: ["secret_scanning_alert", "secret_scanning_scan"],
    });
    const old = Date.UTC(2020, 0, 1);
    const files = { "a.ini": fileWith(newSecret()) };
    world.github.world.push({ repository, author: ada, files, committedAt: old });
    world.github.world.push({ repository, author: ada, files: { "a.ini": "clean" } });
    world.publish(await world.addPattern());
    await world.github.settled();
    return { ...world, hook };
  };

  verified(sources.reference, "is scanned when a pattern is published, in every commit", async () => {
    const { received, installation } = await backfilled();
    const app = await installation();
    const { firstLocation } = await app.alert(repository, 1);
    const { committedAt } = await app.commit(repository, firstLocation?.commit?.commitSha ?? "");
    expect(committedAt).toBe(Date.UTC(2020, 0, 1));
    const scan = received.find(({ headers }) => headers["X-GitHub-Event"] === "secret_scanning_scan");
    expect(scan?.payload).toMatchObject({
      action: "completed",
      type: "custom-pattern-backfill",
      custom_pattern_name: secretPattern.name,
      custom_pattern_scope: "organization",
    });
  });
});

describe("push protection", () => {
  const protecting = async () => {
    const world = await published();
    world.github.world.setPushProtectionByHand(world.id, "enabled");
    return world;
  };
  const files = () => ({ "a.ini": fileWith(newSecret()) });

  verified(sources.pushProtection, "stops the push, and nothing of it is taken", async () => {
    const { github } = await protecting();
    const result = github.world.push({ repository, author: ada, files: files() });
    expect(result).toEqual({
      kind: "blocked",
      secrets: [{ path: "a.ini", line: 2, pattern: secretPattern.name }],
    });
    expect(github.world.repository(repository)?.commits).toEqual([]);
    expect(github.world.alertsOf({ repository })).toEqual([]);
  });

  test.each([
    ["will_fix_later", "open", null],
    ["false_positive", "resolved", "false_positive"],
    ["used_in_tests", "resolved", "used_in_tests"],
  ] as const)("gives way to a person who says %p: the alert is %s", async (reason, state, resolution) => {
    const { github, call } = await protecting();
    const bypass = { reason, by: "ada" };
    github.world.push({ repository, author: ada, files: files(), bypass });
    const answer = await call("GET", "/repos/example-org/example-repo/secret-scanning/alerts/1");
    expect(await answer.json()).toMatchObject({
      state,
      resolution,
      push_protection_bypassed: true,
      push_protection_bypassed_by: { login: "ada" },
    });
  });

  test("needs no word for a push without secrets", async () => {
    const { github } = await protecting();
    const bypass = { reason: "will_fix_later", by: "ada" } as const;
    accepted(github.world.push({ repository, author: ada, files: { "a.ini": "clean" }, bypass }));
  });
});

assumed("the end column may be that of the last byte", async () => {
  const { github } = await published({ switches: { endColumnIsExclusive: false } });
  github.world.push({ repository, author: ada, files: { "a.ini": fileWith(newSecret()) } });
  expect(first(github.world.alertsOf({ repository })).locations).toMatchObject([
    { start_column: 10, end_column: 52 },
  ]);
});

test.each([
  ["slug", "genesys_cloud_oauth_secret"],
  ["tokenType", "cp_1"],
  ["name", secretPattern.name],
] as const)("the secret type may be the pattern's %s [assumed]", async (secretType, said) => {
  const { github, installation } = await published({ switches: { secretType } });
  github.world.push({ repository, author: ada, files: { "a.ini": fileWith(newSecret()) } });
  expect(await (await installation()).alert(repository, 1)).toMatchObject({
    secretType: said,
    secretTypeDisplayName: secretPattern.name,
  });
});

test("the product's own patterns are taken, published, and find what was pushed", async () => {
  const { github, call, publish } = leakWorld();
  const answer = await call("POST", "/orgs/example-org/secret-scanning/custom-patterns", {
    patterns: leakPatterns.map((pattern) => ({
      name: pattern.name,
      pattern: pattern.pattern,
      start_delimiter: pattern.startDelimiter,
      end_delimiter: pattern.endDelimiter,
      must_match: pattern.mustMatch,
      must_not_match: pattern.mustNotMatch,
    })),
  });
  expect(answer.status).toBe(201);
  for (const { id } of github.world.patterns()) publish(id);
  // Its conditions turn away one random secret in a thousand.
  const [id, secret] = [randomUUID(), createHash("sha256").update("pushed").digest("base64url")];
  const basic = Buffer.from(`${id}:${secret}`).toString("base64");
  const files = {
    "config.ini": `client_id = ${id}\r\nclient_secret = ${secret}\r\n`,
    "call.sh": `curl -H 'Authorization: Basic ${basic}' https://login.mypurecloud.com/oauth/token\n`,
  };
  github.world.push({ repository, author: ada, files });
  const secrets = github.world.alertsOf({ repository }).map((alert) => alert.secret);
  expect(new Set(secrets)).toEqual(new Set([secret, basic]));
});

test("a pattern that cannot be matched here is refused loudly, once there is something to scan", async () => {
  const { github, addPattern, publish } = leakWorld();
  publish(await addPattern({ pattern: "\\p{L}{43}" }));
  const push = () => github.world.push({ repository, author: ada, files: { "a.ini": "x" } });
  expect(push).toThrow(UntranslatableError);
});

test("a push to a repository that is not there is a mistake of the test", () => {
  const { github } = leakWorld();
  const push = () => github.world.push({ repository: "example-org/none", author: ada, files: {} });
  expect(push).toThrow("The sandbox has no repository example-org/none.");
});
