import { randomBytes } from "node:crypto";
import { LeakWorld, repository } from "./world.ts";

const payload = (number = 7, more: object = {}): string =>
  JSON.stringify({
    action: "created",
    alert: { number, secret_type: "genesys_cloud_oauth_secret", ...more },
    repository: { full_name: repository },
  });

interface Sent {
  body?: string;
  headers?: Record<string, string | undefined>;
  isBase64Encoded?: boolean;
  secret?: string;
}

let deliveries = 0;

const post = async (
  world: LeakWorld,
  { body = payload(), headers = {}, isBase64Encoded = false, secret }: Sent = {},
) => {
  deliveries += 1;
  const given = {
    "Content-Type": "application/json",
    "X-GitHub-Event": "secret_scanning_alert",
    "X-GitHub-Delivery": `00000000-0000-4000-8000-${String(deliveries).padStart(12, "0")}`,
    "X-Hub-Signature-256": world.sign(body, secret),
    ...headers,
  };
  const sent = isBase64Encoded ? Buffer.from(body).toString("base64") : body;
  const answer = (await world.runtime.invoke("receive", { headers: given, body: sent, isBase64Encoded })) as {
    statusCode: number;
  };
  return answer.statusCode;
};

/** Alerts that were handed over, by number. */
const handedOver = (world: LeakWorld): number[] =>
  world.aws.leakQueue.messages.map(({ body }) => JSON.parse(body).number);

/** A world in which nobody works on what is received. */
const quietWorld = (): LeakWorld => {
  const world = new LeakWorld();
  world.mishap = ({ functionName }) => (functionName === "revoke" ? { kind: "failBefore" } : undefined);
  return world;
};

const refusals = (world: LeakWorld): number => world.metric("WebhooksRefused").length;

describe("a webhook that is GitHub's", () => {
  test("is in the queue before it is answered", async () => {
    const world = quietWorld();
    expect(await post(world)).toBe(202);
    expect(handedOver(world)).toEqual([7]);
    expect(world.aws.leakTable.get("delivery#00000000-0000-4000-8000-000000000001")).toBeDefined();
  });

  test("is taken in whatever case its headers come, and as bytes in base64", async () => {
    const world = quietWorld();
    const body = payload(8, { html_url: "https://github.com/ä" });
    const headers = { "X-Hub-Signature-256": undefined, "x-hub-signature-256": world.sign(body) };
    expect(
      await post(world, { body, headers: JSON.parse(JSON.stringify(headers)), isBase64Encoded: true }),
    ).toBe(202);
    expect(handedOver(world)).toEqual([8]);
  });

  test.each(["reopened", "publicly_leaked"])("tells of a leak when an alert is %s", async (action) => {
    const world = quietWorld();
    const body = JSON.stringify({ ...JSON.parse(payload()), action });
    expect(await post(world, { body })).toBe(202);
    expect(handedOver(world)).toEqual([7]);
  });

  test("tells of a leak when a secret turns up in another place", async () => {
    const world = quietWorld();
    expect(await post(world, { headers: { "X-GitHub-Event": "secret_scanning_alert_location" } })).toBe(202);
    expect(handedOver(world)).toEqual([7]);
  });

  test.each([
    ["another event", { headers: { "X-GitHub-Event": "push" } }],
    [
      "an alert that somebody resolved",
      { body: JSON.stringify({ ...JSON.parse(payload()), action: "resolved" }) },
    ],
    ["an alert of a pattern of others", { body: payload(7, { secret_type: "aws_access_key_id" }) }],
  ])("is answered and dropped where it tells of %s", async (_, sent) => {
    const world = quietWorld();
    expect(await post(world, sent)).toBe(202);
    expect(handedOver(world)).toEqual([]);
    expect(refusals(world)).toBe(0);
  });

  test("is answered when GitHub tries the hook out", async () => {
    const world = quietWorld();
    expect(await post(world, { body: '{"zen":"."}', headers: { "X-GitHub-Event": "ping" } })).toBe(200);
  });

  test("that comes again is answered, and handed over once", async () => {
    const world = quietWorld();
    const headers = { "X-GitHub-Delivery": "11111111-0000-4000-8000-000000000000" };
    for (let time = 0; time < 3; time += 1) expect(await post(world, { headers })).toBe(202);
    expect(handedOver(world)).toEqual([7]);
  });

  test.each(["deliveries", "leaks"] as const)(
    "is not answered with success when it could not be kept: %s fails",
    async (port) => {
      const world = quietWorld();
      world.mishap = (call) => (call.port === port ? { kind: "failBefore" } : undefined);
      expect(await post(world)).toBe(503);
    },
  );
});

describe("what is no webhook of ours", () => {
  const cases: [string, (world: LeakWorld) => Sent, number][] = [
    ["signed with another secret", () => ({ secret: randomBytes(20).toString("hex") }), 401],
    ["not signed", () => ({ headers: { "X-Hub-Signature-256": "" } }), 401],
    [
      "signed by the old, weak method alone",
      () => ({ headers: { "X-Hub-Signature-256": `sha1=${"0".repeat(40)}` } }),
      401,
    ],
    [
      "signed with a truncated signature",
      (world) => ({ headers: { "X-Hub-Signature-256": world.sign(payload()).slice(0, 40) } }),
      401,
    ],
    [
      "truncated after it was signed",
      (world) => ({
        body: payload().slice(0, -1),
        headers: { "X-Hub-Signature-256": world.sign(payload()) },
      }),
      401,
    ],
    ["without a delivery id", () => ({ headers: { "X-GitHub-Delivery": "" } }), 400],
    ["with a delivery id that is none", () => ({ headers: { "X-GitHub-Delivery": "x#y z" } }), 400],
    ["signed, and no JSON", () => ({ body: "payload=%7B%7D" }), 400],
    ["signed, and without a number", () => ({ body: payload(7, { number: "7" }) }), 400],
    ["larger than any", () => ({ body: payload(7, { html_url: "x".repeat(1024 * 1024) }) }), 413],
  ];

  test.each(cases)("is refused and counted: %s", async (_, sent, status) => {
    const world = quietWorld();
    expect(await post(world, sent(world))).toBe(status);
    expect(handedOver(world)).toEqual([]);
    expect(refusals(world)).toBe(1);
  });

  test.each([null, 7, "text", {}, { body: null, headers: {} }])(
    "is refused and counted: the event %j",
    async (event) => {
      const world = quietWorld();
      expect(await world.runtime.invoke("receive", event)).toMatchObject({ statusCode: 400 });
      expect(refusals(world)).toBe(1);
    },
  );

  test("cannot have the secrets read more than once a minute", async () => {
    const world = quietWorld();
    expect(await post(world)).toBe(202);
    const reads = () => world.calls.filter(({ port }) => port === "heldSecrets").length;
    const before = reads();
    for (let time = 0; time < 50; time += 1) expect(await post(world, { secret: "wrong" })).toBe(401);
    expect(reads()).toBe(before + 1);
  });
});

describe("the webhook's secret", () => {
  test("may be changed while the function is warm, and the one before it goes on being good", async () => {
    const world = quietWorld();
    expect(await post(world)).toBe(202);
    const next = randomBytes(20).toString("hex");
    world.aws.setHeldSecret(
      "webhookSecret",
      JSON.stringify({ current: next, previous: world.webhookSecret }),
    );
    expect(await post(world, { body: payload(8), secret: next })).toBe(202);
    expect(await post(world, { body: payload(9) })).toBe(202);
    expect(handedOver(world)).toEqual([7, 8, 9]);
  });

  test("that is withdrawn is refused within minutes", async () => {
    const world = quietWorld();
    expect(await post(world)).toBe(202);
    world.aws.setHeldSecret("webhookSecret", JSON.stringify({ current: randomBytes(20).toString("hex") }));
    await world.pass(301);
    expect(await post(world, { body: payload(8) })).toBe(401);
  });

  test("that holds nothing usable takes nothing, and GitHub is told so", async () => {
    const world = quietWorld();
    world.aws.setHeldSecret("webhookSecret", "not JSON");
    expect(await post(world)).toBe(503);
  });
});

test("a thousand webhooks in one burst are all taken, and each alert is handed over once", async () => {
  const world = quietWorld();
  const answers = [];
  // As many at once as the function may run.
  for (let start = 0; start < 1_000; start += 50)
    answers.push(
      ...(await Promise.all(
        Array.from({ length: 50 }, (_, i) => post(world, { body: payload(start + i + 1) })),
      )),
    );
  expect(new Set(answers)).toEqual(new Set([202]));
  expect(handedOver(world).sort((a, b) => a - b)).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 1));
});
