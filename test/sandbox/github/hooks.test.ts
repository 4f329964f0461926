import { createHmac, randomBytes } from "node:crypto";
import type { components } from "@octokit/openapi-types";
import { createGithub, type Hook } from "../../../sandbox/github/index.ts";
import { startLoopback } from "../../apis/loopback.ts";
import { first, leakWorld, newSecret, receiverUrl, repository } from "./leak-world.ts";
import { assumed, sources, verified } from "./marks.ts";

type Schemas = components["schemas"];

const headersPage = "docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers";
const failuresPage = "docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries";
const hooksPage = "docs.github.com/en/rest/orgs/webhooks";

const ada = { login: "ada" };
const events = ["secret_scanning_alert", "secret_scanning_alert_location"];
const route = "/orgs/example-org/hooks";

/** A published pattern, a webhook, and a leak for each call of `leak`. */
const listening = async (options: Parameters<typeof leakWorld>[0] = {}) => {
  const world = leakWorld(options);
  world.publish(await world.addPattern());
  const webhookSecret = randomBytes(24).toString("base64url");
  const hook: Hook = world.github.world.addHook({
    organization: "example-org",
    url: receiverUrl,
    secret: webhookSecret,
    events,
  });
  await world.github.settled();
  world.received.length = 0;
  let pushes = 0;
  const leak = (secret = newSecret()) => {
    pushes += 1;
    const files = { [`${pushes}.ini`]: `secret = ${secret}\n` };
    world.github.world.push({ repository, author: ada, files });
    return secret;
  };
  /** Without the ping. */
  const deliveries = () => world.github.world.deliveries(hook).filter(({ event }) => event !== "ping");
  return { ...world, hook, webhookSecret, leak, deliveries };
};

const numbers = (received: { payload: { alert?: Record<string, unknown> } }[]) =>
  received.map(({ payload }) => payload.alert?.number);

describe("an alert is told", () => {
  verified(headersPage, "with GitHub's headers, signed over the very bytes", async () => {
    const { github, received, leak, hook, webhookSecret, deliveries } = await listening();
    leak();
    await github.settled();
    const { headers, rawBody, url } = first(received);
    const hmac = (algorithm: string) => createHmac(algorithm, webhookSecret).update(rawBody).digest("hex");
    expect(url).toBe(receiverUrl);
    expect(headers).toEqual({
      Accept: "*/*",
      "Content-Type": "application/json",
      "User-Agent": expect.stringMatching(/^GitHub-Hookshot\//),
      "X-GitHub-Delivery": first(deliveries()).guid,
      "X-GitHub-Event": "secret_scanning_alert",
      "X-GitHub-Hook-ID": String(hook.id),
      "X-GitHub-Hook-Installation-Target-ID": expect.stringMatching(/^\d+$/),
      "X-GitHub-Hook-Installation-Target-Type": "organization",
      "X-Hub-Signature": `sha1=${hmac("sha1")}`,
      "X-Hub-Signature-256": `sha256=${hmac("sha256")}`,
    });
  });

  verified(sources.openapi, "without its secret and without its place", async () => {
    const { github, received, leak } = await listening();
    const secret = leak();
    await github.settled();
    const { rawBody, payload } = first(received);
    expect(rawBody).not.toContain(secret);
    expect(rawBody).not.toContain("1.ini");
    expect(payload).toMatchObject({
      action: "created",
      alert: { number: 1, secret_type: "genesys_cloud_oauth_secret", resolution: null, validity: "unknown" },
      repository: { full_name: repository },
      organization: { login: "example-org" },
    });
    for (const field of ["secret", "state", "first_location_detected"])
      expect(payload.alert).not.toHaveProperty(field);
    expect(payload).not.toHaveProperty("sender");
  });

  verified(sources.openapi, "of every further place with that place", async () => {
    const { github, received, leak } = await listening();
    leak(leak());
    await github.settled();
    expect(received.map(({ headers }) => headers["X-GitHub-Event"])).toEqual(events);
    expect(received[1]?.payload).toMatchObject({
      action: "created",
      alert: { number: 1 },
      location: { type: "commit", details: { path: "2.ini" } },
      sender: { login: "github" },
    });
  });

  assumed("of its first place too, where GitHub does so", async () => {
    const { github, received, leak } = await listening({ switches: { tellsFirstLocation: true } });
    leak();
    await github.settled();
    expect(received.map(({ headers }) => headers["X-GitHub-Event"])).toEqual(events);
  });

  verified(sources.openapi, "again when something becomes of it, by whom", async () => {
    const { github, received, leak } = await listening({ switches: { takesOwnValidity: true } });
    leak();
    const alert = first(github.world.alertsOf({ repository }));
    github.world.resolveAlert(alert, "revoked", "ada", "done");
    github.world.reopenAlert(alert, "bob");
    github.world.setValidity(alert, "active", "bob");
    github.world.assign(alert, "cleo", "bob");
    github.world.assign(alert, undefined, "bob");
    github.world.leakPublicly(alert);
    await github.settled();
    const told = received.map(({ payload }) => [
      payload.action,
      (payload.sender as Schemas["simple-user"] | undefined)?.login,
    ]);
    expect(told).toEqual([
      ["created", undefined],
      ["resolved", "ada"],
      ["reopened", "bob"],
      ["validated", "bob"],
      ["assigned", "bob"],
      ["unassigned", "bob"],
      ["publicly_leaked", undefined],
    ]);
    expect(received[1]?.payload.alert).toMatchObject({ resolution: "revoked", resolution_comment: "done" });
    expect(received[4]?.payload.alert).toMatchObject({ assigned_to: { login: "cleo" } });
  });

  verified(sources.managing, "as closed when its pattern is edited or deleted", async () => {
    const { github, received, leak } = await listening();
    leak();
    github.world.editByHand(1, { endDelimiter: "$" });
    github.world.dryRun(1);
    leak();
    github.world.deleteByHand(1, "resolve_alerts");
    await github.settled();
    const told = received.map(({ payload }) => [payload.action, payload.alert?.resolution]);
    expect(told).toEqual([
      ["created", null],
      ["resolved", "pattern_edited"],
      ["created", null],
      ["resolved", "pattern_deleted"],
    ]);
    expect(github.world.alerts(1)).toEqual({ open: 0, patternEdited: 1, patternDeleted: 1 });
  });

  test("to nobody who did not ask, is not active, or belongs to another organisation", async () => {
    const world = leakWorld({ organizations: ["example-org", "other-org"] });
    world.publish(await world.addPattern());
    const url = (name: string) => `https://guard.example.com/${name}`;
    const { world: people, settled } = world.github;
    people.addHook({ organization: "other-org", url: url("other"), events: ["*"] });
    people.addHook({ organization: "example-org", url: url("push"), events: ["push"] });
    people.addHook({ organization: "example-org", url: url("all"), events: ["*"] });
    const off = people.addHook({ organization: "example-org", url: url("off"), events: ["*"] });
    await world.call("PATCH", `${route}/${off.id}`, { active: false });
    await settled();
    world.received.length = 0;
    people.push({ repository, author: ada, files: { "a.ini": `secret = ${newSecret()}\n` } });
    await settled();
    expect(world.received.map((each) => each.url)).toEqual([url("all")]);
    expect(first(world.received).headers).not.toHaveProperty("X-Hub-Signature-256");
  });
});

describe("what becomes of a delivery", () => {
  verified(failuresPage, "a refusal is recorded, and not tried again", async () => {
    const { github, clock, received, answer, leak, deliveries } = await listening();
    answer.next = async () => ({ status: 500 });
    leak();
    await github.settled();
    await clock.advanceBy(86_400_000);
    expect(received).toHaveLength(1);
    expect(deliveries()).toMatchObject([
      { statusCode: 500, status: "Invalid HTTP Response: 500", redelivery: false },
    ]);
  });

  verified(
    failuresPage,
    "who takes longer than ten seconds has failed, and may have worked on it",
    async () => {
      const { github, clock, received, answer, leak, deliveries } = await listening();
      answer.next = async () => {
        await clock.sleep(10_001);
        return { status: 202 };
      };
      leak();
      await clock.advanceBy(11_000);
      await github.settled();
      expect(received).toHaveLength(1);
      expect(deliveries()).toMatchObject([
        { statusCode: 502, status: "timed out", durationMilliseconds: 10_000 },
      ]);
    },
  );

  test("who answers in the tenth second has not", async () => {
    const { github, clock, answer, leak, deliveries } = await listening();
    answer.next = async () => {
      await clock.sleep(9_999);
      return { status: 204 };
    };
    leak();
    await clock.advanceBy(11_000);
    await github.settled();
    expect(deliveries()).toMatchObject([{ statusCode: 204, status: "OK", durationMilliseconds: 9_999 }]);
  });

  test.each([0, 502, 504] as const)("a receiver that is away is recorded as %p [assumed]", async (code) => {
    const { github, answer, leak, deliveries } = await listening({
      switches: { unansweredStatusCode: code },
    });
    answer.next = async () => {
      throw new Error("ECONNREFUSED");
    };
    leak();
    await github.settled();
    expect(deliveries()).toMatchObject([{ statusCode: code, status: "failed to connect to host" }]);
  });

  test("is forgotten with its webhook", async () => {
    const { github, answer, leak, call, hook, deliveries } = await listening();
    answer.next = async () => {
      await call("DELETE", `${route}/${hook.id}`);
      return { status: 200 };
    };
    leak();
    await github.settled();
    expect(deliveries()).toEqual([]);
    expect((await call("GET", `${route}/${hook.id}`)).status).toBe(404);
  });

  test("is up to the receiver, over HTTP and on this machine alone", async () => {
    const server = await startLoopback(({ path }) => ({ status: path === "/taken" ? 202 : 401, body: {} }));
    try {
      const github = createGithub();
      const urls = [`${server.url}/taken`, `${server.url}/refused`, receiverUrl];
      const hooks = urls.map((url) => github.world.addHook({ organization: "example-org", url, events: [] }));
      await github.settled();
      expect(hooks.map((hook) => first(github.world.deliveries(hook)).statusCode)).toEqual([202, 401, 502]);
      expect(server.received.map(({ headers }) => headers["x-github-event"])).toEqual(["ping", "ping"]);
    } finally {
      await server.close();
    }
  });
});

describe("a delivery that failed", () => {
  verified(hooksPage, "is listed, and delivered again under its GUID", async () => {
    const { github, received, answer, leak, hook, deliveries, installation } = await listening();
    answer.next = async () => ({ status: 503 });
    leak();
    await github.settled();
    answer.next = async () => ({ status: 202 });
    const app = await installation();
    const [failed, ...others] = await app.failedDeliveries("example-org", hook.id, 0);
    expect(others).toEqual([]);
    expect(failed).toMatchObject({ event: "secret_scanning_alert", guid: first(deliveries()).guid });
    await app.redeliver("example-org", hook.id, failed?.id ?? 0);
    await github.settled();
    expect(received).toHaveLength(2);
    expect(received[1]?.rawBody).toBe(received[0]?.rawBody);
    expect(received[1]?.headers).toEqual(received[0]?.headers);
    expect(deliveries()).toMatchObject([
      { redelivery: true, statusCode: 202 },
      { redelivery: false, statusCode: 503 },
    ]);
    expect(await app.failedDeliveries("example-org", hook.id, 0)).toEqual([]);
  });

  verified(sources.openapi, "is told with all that was sent, page by page, by how it ended", async () => {
    const { github, answer, leak, hook, call } = await listening();
    for (const status of [202, 500, 404, 301, 200]) {
      answer.next = async () => ({ status });
      leak();
      await github.settled();
    }
    const codes = async (query: string) => {
      const response = await call("GET", `${route}/${hook.id}/deliveries?${query}`);
      const listed = (await response.json()) as Schemas["hook-delivery-item"][];
      return {
        codes: listed.map(({ status_code }) => status_code),
        link: response.headers.get("link"),
        listed,
      };
    };
    expect((await codes("")).codes).toEqual([200, 301, 404, 500, 202, 202]);
    expect((await codes("status=failure")).codes).toEqual([404, 500]);
    expect((await codes("status=success")).codes).toEqual([200, 301, 202, 202]);
    const page = await codes("per_page=4");
    expect(page.codes).toEqual([200, 301, 404, 500]);
    const next = new URL(/<([^>]+)>; rel="next"/.exec(page.link ?? "")?.[1] ?? "");
    expect(await codes(next.searchParams.toString())).toMatchObject({ codes: [202, 202], link: null });
    const id = page.listed[0]?.id;
    const one = await call("GET", `${route}/${hook.id}/deliveries/${id}`);
    expect(await one.json()).toMatchObject({
      id,
      request: { payload: { action: "created" }, headers: { "X-GitHub-Event": "secret_scanning_alert" } },
    });
    expect((await call("GET", `${route}/${hook.id}/deliveries/999`)).status).toBe(404);
    expect((await call("POST", `${route}/${hook.id}/deliveries/999/attempts`)).status).toBe(404);
  });

  verified(
    "docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks",
    "is gone after three days",
    async () => {
      const { github, clock, leak, deliveries } = await listening();
      leak();
      await github.settled();
      await clock.advanceBy(3 * 86_400_000);
      expect(deliveries()).toHaveLength(1);
      await clock.advanceBy(1);
      expect(deliveries()).toEqual([]);
    },
  );
});

describe("a mishap, at a test's word:", () => {
  test("a delivery comes late, and others overtake it", async () => {
    const { github, clock, received, leak } = await listening();
    let sent = 0;
    github.world.setMishaps(() => {
      sent += 1;
      return sent === 1 ? { kind: "late", milliseconds: 60_000 } : undefined;
    });
    leak();
    leak();
    const start = clock.now();
    await clock.advanceBy(60_000);
    await github.settled();
    expect(numbers(received)).toEqual([2, 1]);
    expect(received.map(({ at }) => at - start)).toEqual([0, 60_000]);
  });

  test("a delivery is overtaken by the next one", async () => {
    const { github, received, leak } = await listening();
    github.world.setMishaps(({ action }) => (action === "created" ? { kind: "overtaken" } : undefined));
    leak();
    github.world.resolveAlert(first(github.world.alertsOf({ repository })), "revoked", "ada");
    await github.settled();
    expect(received.map(({ payload }) => payload.action)).toEqual(["resolved", "created"]);
  });

  test("a delivery comes twice, under one GUID", async () => {
    const { github, clock, received, leak } = await listening();
    github.world.setMishaps(() => ({ kind: "duplicated", milliseconds: 5_000 }));
    leak();
    await clock.advanceBy(5_000);
    await github.settled();
    expect(received).toHaveLength(2);
    expect(received[1]?.headers).toEqual(received[0]?.headers);
  });

  test.each([true, false])("a delivery is lost; GitHub knows: %p", async (recorded) => {
    const { github, received, leak, hook, installation } = await listening();
    github.world.setMishaps(({ redelivery }) => (redelivery ? undefined : { kind: "lost", recorded }));
    leak();
    await github.settled();
    expect(received).toEqual([]);
    const app = await installation();
    const failed = await app.failedDeliveries("example-org", hook.id, 0);
    expect(failed).toHaveLength(recorded ? 1 : 0);
    for (const { id } of failed) await app.redeliver("example-org", hook.id, id);
    await github.settled();
    expect(received).toHaveLength(recorded ? 1 : 0);
    expect(await app.openAlerts("example-org")).toHaveLength(1);
  });

  test("an answer is lost: GitHub takes the delivery for failed", async () => {
    const { github, received, leak, deliveries } = await listening();
    github.world.setMishaps(() => ({ kind: "answerLost" }));
    leak();
    await github.settled();
    expect(received).toHaveLength(1);
    expect(deliveries()).toMatchObject([{ statusCode: 502, status: "timed out" }]);
  });
});

describe("a webhook", () => {
  const config = { url: receiverUrl, content_type: "json", insecure_ssl: "0" };

  verified(hooksPage, "lives from creation to deletion, never shows its secret, and is pinged", async () => {
    const { github, call, received } = leakWorld();
    const secret = randomBytes(24).toString("base64url");
    const body = { name: "web", active: true, events, config: { ...config, secret } };
    const created = await call("POST", route, body);
    expect(created.status).toBe(201);
    const hook = (await created.json()) as Schemas["org-hook"];
    expect(hook).toMatchObject({
      type: "Organization",
      active: true,
      events,
      config: { ...config, secret: "********" },
    });
    await github.settled();
    expect(first(received)).toMatchObject({
      headers: { "X-GitHub-Event": "ping", "X-Hub-Signature-256": expect.stringMatching(/^sha256=/) },
      payload: { hook_id: hook.id, hook: { id: hook.id }, organization: { login: "example-org" } },
    });
    const changed = await call("PATCH", `${route}/${hook.id}`, {
      events: ["push"],
      config: { url: receiverUrl },
    });
    expect(await changed.json()).toMatchObject({ events: ["push"], config: { content_type: "form" } });
    const read = (await (await call("GET", `${route}/${hook.id}`)).json()) as Schemas["org-hook"];
    expect(read.config).not.toHaveProperty("secret");
    expect(await (await call("GET", route)).json()).toHaveLength(1);
    expect((await call("POST", `${route}/${hook.id}/pings`)).status).toBe(204);
    expect((await call("DELETE", `${route}/${hook.id}`)).status).toBe(204);
    expect(await (await call("GET", route)).json()).toEqual([]);
    await github.settled();
  });

  test("keeps what a change does not say, and takes a new secret", async () => {
    const { github, call, received } = leakWorld();
    const hook = github.world.addHook({
      organization: "example-org",
      url: receiverUrl,
      secret: "old",
      events,
    });
    const secret = randomBytes(24).toString("base64url");
    await call("PATCH", `${route}/${hook.id}`, { config: { ...config, secret } });
    await call("POST", `${route}/${hook.id}/pings`);
    await github.settled();
    const { headers, rawBody } = first(received.slice(1));
    const hmac = createHmac("sha256", secret).update(rawBody).digest("hex");
    expect(headers["X-Hub-Signature-256"]).toBe(`sha256=${hmac}`);
    expect(first(github.world.hooks("example-org")).events).toEqual(events);
  });

  assumed("is refused without a URL, or for a URL that has one", async () => {
    const { call } = leakWorld();
    const body = (given: object) => ({ name: "web", events, config: given });
    expect((await call("POST", route, body({}))).status).toBe(422);
    expect((await call("POST", route, body({ url: "nowhere" }))).status).toBe(422);
    expect((await call("POST", route, { ...body(config), name: "irc" })).status).toBe(422);
    expect((await call("POST", route, body(config))).status).toBe(201);
    expect((await call("POST", route, body(config))).status).toBe(422);
  });

  test("that sends forms signs the form", async () => {
    const bodies: string[] = [];
    const { github } = leakWorld({
      deliver: async (_url, headers, rawBody) => {
        bodies.push(rawBody);
        const hmac = createHmac("sha256", "s").update(rawBody).digest("hex");
        expect(headers).toMatchObject({
          "Content-Type": "application/x-www-form-urlencoded",
          "X-Hub-Signature-256": `sha256=${hmac}`,
        });
        return { status: 200 };
      },
    });
    const config = { url: receiverUrl, secret: "s" };
    await github.fetch(`https://api.github.com${route}`, {
      method: "POST",
      headers: { authorization: `Bearer ${github.token}`, "user-agent": "test" },
      body: JSON.stringify({ name: "web", config }),
    });
    await github.settled();
    expect(JSON.parse(new URLSearchParams(first(bodies)).get("payload") ?? "")).toHaveProperty("zen");
    const [delivery] = github.world.deliveries(first(github.world.hooks("example-org")));
    expect(delivery).toMatchObject({ status: "OK" });
  });
});
