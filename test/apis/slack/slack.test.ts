import { fetchConnection } from "../../../apis/http/fetch-connection.ts";
import { Secret } from "../../../apis/http/secret.ts";
import { slackApiOver } from "../../../apis/slack/create.ts";
import {
  AmbiguousOutcomeError,
  CannotPostError,
  InvalidCredentialsError,
  InvalidRequestError,
  MissingCredentialsError,
  MissingPermissionError,
  NotFoundError,
  PlatformError,
  RateLimitedError,
  type SlackError,
} from "../../../apis/slack/errors.ts";
import { type Loopback, type Received, type Scripted, startLoopback } from "../loopback.ts";
import { virtualTime } from "../virtual-time.ts";

const open: Loopback[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const token = `xoxb-${"0123456789".repeat(3)}`;
const hello = { text: "hello", blocks: [] };

const setUp = async (answer: (request: Received, count: number) => Scripted, botToken = token) => {
  const server = await startLoopback(answer);
  open.push(server);
  const time = virtualTime();
  const settings = { apiUrl: `${server.url}/`, botToken: new Secret(botToken) };
  return { api: slackApiOver(fetchConnection, settings, time.transport), server, ...time };
};

const failing = async (work: Promise<unknown>): Promise<SlackError> =>
  work.then(
    () => {
      throw new Error("The call should have failed.");
    },
    (error) => error,
  );

test("a message is JSON with the bot's token, and Slack fetches no link in it", async () => {
  const { api, server } = await setUp(() => ({ body: { ok: true, ts: "1.000001", channel: "C1" } }));
  const blocks = [{ type: "section", text: { type: "mrkdwn", text: "*hi*" } }];
  expect(await api.post("C1", { text: "hi", blocks })).toBe("1.000001");
  expect(await api.post("C1", hello, "1.000001")).toBe("1.000001");
  const [first, second] = server.received;
  expect(first).toMatchObject({ method: "POST", path: "/chat.postMessage" });
  expect(first?.headers).toMatchObject({
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
  });
  expect(JSON.parse(first?.text ?? "")).toEqual({
    channel: "C1",
    text: "hi",
    blocks,
    unfurl_links: false,
    unfurl_media: false,
  });
  expect(JSON.parse(second?.text ?? "")).toMatchObject({ thread_ts: "1.000001" });
});

test("a user is looked up by query, and nobody is undefined", async () => {
  const { api, server } = await setUp(({ query }) => ({
    body:
      query.email === "a+b@x.example"
        ? { ok: true, user: { id: "U1" } }
        : { ok: false, error: "users_not_found" },
  }));
  expect(await api.userByEmail("a+b@x.example")).toBe("U1");
  expect(await api.userByEmail("c@x.example")).toBeUndefined();
  expect(server.received[0]).toMatchObject({ method: "GET", path: "/users.lookupByEmail" });
});

test("the token is read anew at every attempt", async () => {
  const server = await startLoopback((_, count) =>
    count === 1
      ? { status: 429, headers: { "retry-after": "1" }, body: { ok: false, error: "ratelimited" } }
      : { body: { ok: true, ts: "1.0" } },
  );
  open.push(server);
  let reads = 0;
  const botToken = async () => {
    reads += 1;
    return new Secret(`xoxb-${reads}`);
  };
  const { transport } = virtualTime();
  await slackApiOver(fetchConnection, { apiUrl: server.url, botToken }, transport).post("C1", hello);
  expect(server.received.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer xoxb-1",
    "Bearer xoxb-2",
  ]);
});

test.each([
  ["not_authed", InvalidCredentialsError, "secret of SLACK_SECRET_ARN"],
  ["invalid_auth", InvalidCredentialsError, "secret of SLACK_SECRET_ARN"],
  ["token_revoked", InvalidCredentialsError, "Install the app"],
  ["channel_not_found", NotFoundError, "invite it"],
  ["user_not_found", NotFoundError, "Slack user id"],
  ["not_in_channel", CannotPostError, "/invite"],
  ["is_archived", CannotPostError, "another channel"],
  ["restricted_action", CannotPostError, "administrator"],
  ["restricted_action_read_only_channel", CannotPostError, "read-only"],
  ["cannot_dm_bot", CannotPostError, "a person's"],
  ["messages_tab_disabled", CannotPostError, "Messages Tab"],
  ["user_disabled", CannotPostError, "left the workspace"],
  ["fatal_error", AmbiguousOutcomeError, "before trying again"],
  ["invalid_blocks", InvalidRequestError, "no more than 50 items"],
  ["msg_too_long", InvalidRequestError, "msg_too_long"],
  ["something_new", InvalidRequestError, "something_new"],
] as const)("%s says what to do next", async (error, kind, next) => {
  const { api, server } = await setUp(() => ({
    body: { ok: false, error, errors: ["no more than 50 items allowed", 7] },
  }));
  const thrown = await failing(api.post("C1", hello));
  expect(thrown).toBeInstanceOf(kind);
  expect(thrown.message).toContain("channel C1");
  expect(thrown.message).toContain(next);
  expect(server.received).toHaveLength(1);
});

test("a missing scope is named", async () => {
  const { api } = await setUp(() => ({
    body: { ok: false, error: "missing_scope", needed: "users:read.email", provided: "chat:write" },
  }));
  const error = await failing(api.userByEmail("a@x.example"));
  expect(error).toBeInstanceOf(MissingPermissionError);
  expect(error).toMatchObject({ permissions: ["users:read.email"] });
  expect(error.message).toContain("the token has chat:write");
  expect(error.message).not.toContain("a@x.example");
});

test("a failure while Slack looks a user up changes nothing", async () => {
  const { api } = await setUp(() => ({ body: { ok: false, error: "internal_error" } }));
  expect(await failing(api.userByEmail("a@x.example"))).toBeInstanceOf(PlatformError);
});

test.each([
  [401, { error: undefined }, InvalidCredentialsError],
  [403, {}, MissingPermissionError],
  [404, "not found", PlatformError],
  [400, { ok: false, error: "invalid_arguments" }, InvalidRequestError],
])("HTTP %p is understood too", async (status, body, kind) => {
  const { api } = await setUp(() => ({ status, body }));
  expect(await failing(api.post("C1", hello))).toBeInstanceOf(kind);
});

test.each([{ ok: true }, { ok: true, ts: 5 }, {}, "[]"])(
  "an answer without what was asked for is no success: %j",
  async (body) => {
    const { api } = await setUp(() => ({ body }));
    expect(await failing(api.post("C1", hello))).toBeInstanceOf(PlatformError);
  },
);

describe("when Slack is busy", () => {
  const limited = (seconds: string) => ({
    status: 429,
    headers: { "retry-after": seconds },
    body: { ok: false, error: "ratelimited" },
  });

  test("a message waits as long as it is told", async () => {
    const { api, pauses } = await setUp((_, count) =>
      count < 3 ? limited("2") : { body: { ok: true, ts: "1.0" } },
    );
    await api.post("C1", hello);
    expect(pauses).toEqual([2_500, 2_500]);
  });

  test("a longer pause is the caller's", async () => {
    const { api, pauses } = await setUp(() => limited("120"));
    const error = await failing(api.post("C1", hello));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(pauses).toEqual([]);
  });

  test("four limits are enough", async () => {
    const { api, server } = await setUp(() => limited("1"));
    expect(await failing(api.post("C1", hello))).toBeInstanceOf(RateLimitedError);
    expect(server.received).toHaveLength(4);
  });
});

test("a message whose answer is lost is not posted again blindly, a look-up is", async () => {
  const { api, server } = await setUp(({ method }, count) =>
    method === "GET" && count > 2 ? { body: { ok: true, user: { id: "U1" } } } : "drop",
  );
  expect(await failing(api.post("C1", hello))).toBeInstanceOf(AmbiguousOutcomeError);
  expect(server.received).toHaveLength(1);
  expect(await api.userByEmail("a@x.example")).toBe("U1");
});

test.each(["http://slack.example/api", "nowhere"])("a token is not sent to %s", async (apiUrl) => {
  const api = slackApiOver(fetchConnection, { apiUrl, botToken: new Secret(token) });
  const error = await failing(api.post("C1", hello));
  expect(error).toBeInstanceOf(MissingCredentialsError);
  expect(error.message).toContain("SLACK_API_URL");
});

test("without an address it is Slack's own", async () => {
  const urls: string[] = [];
  const api = slackApiOver(
    ({ baseUrl }) => {
      urls.push(baseUrl);
      return async () => ({
        kind: "answer",
        answer: { status: 200, headers: {}, body: { ok: true, ts: "1.0" } },
      });
    },
    { botToken: new Secret(token) },
  );
  await api.post("C1", hello);
  expect(urls).toEqual(["https://slack.com/api"]);
});

test.each([200, 400, 503])("no error holds the token, however it is echoed (HTTP %p)", async (status) => {
  const { api } = await setUp(({ headers, text }) => {
    const echo = `${headers.authorization} ${text}`;
    return {
      status,
      headers: { "x-slack-req-id": String(headers.authorization).slice(7) },
      body: {
        ok: false,
        error: token,
        needed: token,
        provided: echo,
        errors: [echo],
        response_metadata: { messages: [echo, token] },
      },
    };
  });
  const error = await failing(api.userByEmail("a@x.example"));
  expect(`${error.message}${JSON.stringify(error)}${error.stack}`).not.toContain(token);
});
