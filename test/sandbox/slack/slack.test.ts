import { fetchConnection } from "../../../apis/http/fetch-connection.ts";
import { Secret } from "../../../apis/http/secret.ts";
import { slackApiOver } from "../../../apis/slack/create.ts";
import {
  createSlack,
  type SlackOptions,
  type SlackSimulator,
  startSlack,
} from "../../../sandbox/slack/index.ts";
import { virtualTime } from "../../apis/virtual-time.ts";
import { assumed, sources, verified } from "./marks.ts";

const started: SlackSimulator[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((slack) => slack.close()));
});

/** A workspace, and a bare caller of its methods. */
const setUp = (options: SlackOptions = {}) => {
  const time = virtualTime();
  const slack = createSlack({ clock: time.transport.now, rateLimit: "off", ...options });
  const call = async (
    method: string,
    body: unknown,
    { token = slack.botToken, type = "application/json", verb = "POST" } = {},
  ) => {
    const [path = "", search = ""] = `/${method}`.split("?");
    const outcome = await slack.responder.respond({
      method: verb,
      path,
      query: new URLSearchParams(search),
      headers: {
        ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
        ...(type === "" ? {} : { "content-type": type }),
      },
      text: typeof body === "string" ? body : JSON.stringify(body),
      sourceAddress: "127.0.0.1",
    });
    if (outcome === "dropped") throw new Error("The call was dropped.");
    return outcome;
  };
  const error = async (...given: Parameters<typeof call>) => {
    const { status, body } = await call(...given);
    expect(status).toBe(200);
    return (body as { error?: string }).error;
  };
  return { ...time, slack, call, error };
};

const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });

verified(sources.post, "a message goes to a channel by id or name, and to a user by id", async () => {
  const { slack, call } = setUp();
  const channel = slack.world.addChannel("security");
  const user = slack.world.addUser("octo", "octo@acme.example");
  for (const to of [channel.id, "security", "#security"])
    expect((await call("chat.postMessage", { channel: to, text: "hi" })).body).toMatchObject({
      ok: true,
      channel: channel.id,
    });
  const direct = (await call("chat.postMessage", { channel: user.id, text: "you" })).body;
  expect(direct).toMatchObject({ ok: true, channel: expect.stringMatching(/^D/) });
  expect(slack.world.messagesTo("security")).toHaveLength(3);
  expect(slack.world.messagesTo(user.id)).toMatchObject([{ text: "you" }]);
  const stamps = slack.world.messages.map(({ ts }) => ts);
  expect(new Set(stamps).size).toBe(4);
});

verified(sources.post, "who may not post is told why, with HTTP 200", async () => {
  const { slack, error } = setUp();
  const { world } = slack;
  world.addChannel("public", { isMember: false });
  world.addChannel("private", { isMember: false, isPrivate: true });
  world.addChannel("old", { isArchived: true });
  world.addChannel("readonly", { isReadOnly: true });
  const to = (channel: string) => error("chat.postMessage", { channel, text: "x" });
  expect(await to("nowhere")).toBe("channel_not_found");
  expect(await to("public")).toBe("not_in_channel");
  expect(await to("private")).toBe("channel_not_found");
  expect(await to("old")).toBe("is_archived");
  expect(await to("readonly")).toBe("restricted_action_read_only_channel");
  expect(world.messages).toEqual([]);
  const token = world.issueToken(["chat:write", "chat:write.public"]);
  const posted = (channel: string) => error("chat.postMessage", { channel, text: "x" }, { token });
  expect(await posted("public")).toBeUndefined();
  expect(await posted("private")).toBe("channel_not_found");
});

verified(sources.post, "a bot is not written to", async () => {
  const { slack, error } = setUp();
  const bot = slack.world.addUser("bot", "bot@acme.example", { isBot: true });
  expect(await error("chat.postMessage", { channel: bot.id, text: "x" })).toBe("cannot_dm_bot");
});

assumed("nobody, and who has left, is no channel", async () => {
  const { slack, error } = setUp();
  const gone = slack.world.addUser("gone", "gone@acme.example", { isDeactivated: true });
  for (const channel of ["U0NOBODY", gone.id, "", 5])
    expect(await error("chat.postMessage", { channel, text: "x" })).toBe("channel_not_found");
});

verified(sources.basics, "a token is looked at before anything else", async () => {
  const { slack, error, call } = setUp();
  const { world } = slack;
  const ask = (token: string) => error("users.lookupByEmail?email=a@x.example", "", { token, verb: "GET" });
  expect(await ask("")).toBe("not_authed");
  expect(await ask("xoxb-other")).toBe("invalid_auth");
  const token = world.issueToken(["chat:write"]);
  expect(
    (await call("users.lookupByEmail?email=a@x.example", "", { token, verb: "GET" })).body,
  ).toMatchObject({ error: "missing_scope", needed: "users:read.email", provided: "chat:write" });
  world.setToken(token, "revoked");
  expect(await ask(token)).toBe("token_revoked");
  world.setToken(token, "accountInactive");
  expect(await ask(token)).toBe("account_inactive");
  expect(() => world.setToken("none", "active")).toThrow("no such token");
});

verified(
  sources.lookup,
  "a user is found by e-mail from query or form, and not once they have left",
  async () => {
    const { slack, call, error } = setUp();
    const user = slack.world.addUser("octo", "Octo@acme.example");
    const form = "application/x-www-form-urlencoded";
    const found = { ok: true, user: { id: user.id } };
    expect(
      (await call("users.lookupByEmail?email=octo@ACME.example", "", { verb: "GET" })).body,
    ).toMatchObject(found);
    expect(
      (await call("users.lookupByEmail", "email=octo%40acme.example", { type: form })).body,
    ).toMatchObject(found);
    expect(await error("users.lookupByEmail", { email: "octo@acme.example" })).toBe("invalid_arguments");
    user.isDeactivated = true;
    expect(await error("users.lookupByEmail?email=octo@acme.example", "", { verb: "GET" })).toBe(
      "users_not_found",
    );
  },
);

verified(sources.blocks, "blocks have their limits", async () => {
  const { slack, call, error } = setUp();
  slack.world.addChannel("c");
  const post = (blocks: unknown) => error("chat.postMessage", { channel: "c", text: "x", blocks });
  const header = (text: string, type = "plain_text") => ({ type: "header", text: { type, text } });
  const field = (text: string) => ({ type: "mrkdwn", text });
  const fine = [
    [section("x".repeat(3_000))],
    [header("x".repeat(150)), { type: "divider" }],
    [{ type: "section", fields: [field("a"), field("b")] }],
    [{ type: "context", elements: [field("a")] }],
    Array.from({ length: 50 }, () => section("x")),
    JSON.stringify([section("x")]),
  ];
  for (const blocks of fine) expect(await post(blocks)).toBeUndefined();
  const refused = [
    [section("x".repeat(3_001))],
    [section("")],
    [header("x".repeat(151))],
    [header("x", "mrkdwn")],
    [{ type: "section" }],
    [{ type: "section", fields: [] }],
    [{ type: "section", fields: Array.from({ length: 11 }, () => field("a")) }],
    [{ type: "section", fields: [field("x".repeat(2_001))] }],
    [{ type: "context", elements: "none" }],
    [{ type: "carousel" }],
    ["text"],
    Array.from({ length: 51 }, () => section("x")),
  ];
  for (const blocks of refused) expect(await post(blocks)).toBe("invalid_blocks");
  expect((await call("chat.postMessage", { channel: "c", blocks: [section("")] })).body).toMatchObject({
    response_metadata: { messages: ["[ERROR] must have at least 1 character [json-pointer:/blocks/0]"] },
  });
  expect(await post("[")).toBe("invalid_blocks_format");
  expect(await post("{}")).toBe("invalid_arguments");
});

verified(sources.blocksTogether, "all blocks together are not too long", async () => {
  const { slack, error } = setUp();
  slack.world.addChannel("c");
  const blocks = Array.from({ length: 5 }, () => section("x".repeat(2_900)));
  expect(await error("chat.postMessage", { channel: "c", blocks })).toBe("msg_blocks_too_long");
});

verified(sources.basics, "a body is a JSON object or a form", async () => {
  const { slack, error } = setUp();
  slack.world.addChannel("c");
  expect(await error("chat.postMessage", "{")).toBe("invalid_json");
  expect(await error("chat.postMessage", "[]")).toBe("json_not_object");
  expect(await error("chat.postMessage", "x", { type: "" })).toBe("missing_post_type");
  expect(await error("chat.postMessage", "x", { type: "text/xml" })).toBe("invalid_post_type");
  expect(await error("chat.postMessage", "")).toBe("channel_not_found");
  const form = { type: "application/x-www-form-urlencoded" };
  expect(await error("chat.postMessage", "channel=c&text=hi", form)).toBeUndefined();
  expect(await error("chat.unknown", {})).toBe("unknown_method");
});

verified(sources.post, "a message without text and blocks is none", async () => {
  const { slack, error } = setUp();
  slack.world.addChannel("c");
  expect(await error("chat.postMessage", { channel: "c" })).toBe("no_text");
});

assumed("a text that Slack would cut is refused", async () => {
  const { slack, error } = setUp();
  slack.world.addChannel("c");
  expect(await error("chat.postMessage", { channel: "c", text: "x".repeat(40_001) })).toBe("msg_too_long");
});

verified(
  sources.limits,
  "a channel takes a message a second after a burst, a method of tier 3 fifty a minute",
  async () => {
    const time = virtualTime();
    const slack = createSlack({ clock: time.transport.now });
    const channel = slack.world.addChannel("c");
    slack.world.addUser("octo", "octo@acme.example");
    const api = slackApiOver(
      slack.connect,
      { apiUrl: "http://127.0.0.1", botToken: new Secret(slack.botToken) },
      time.transport,
    );
    for (let n = 0; n < 8; n += 1) await api.post(channel.id, { text: "x", blocks: [] });
    expect(slack.world.messages).toHaveLength(8);
    expect(time.pauses.every((pause) => pause >= 1_000)).toBe(true);
    expect(time.pauses.length).toBeGreaterThan(0);
    const before = time.pauses.length;
    for (let n = 0; n < 51; n += 1) await api.userByEmail("octo@acme.example");
    expect(time.pauses.length).toBe(before + 1);
  },
);

test("our own client gets through over HTTP and without, and every call is counted", async () => {
  const slack = await startSlack({ rateLimit: "off" });
  started.push(slack);
  const channel = slack.world.addChannel("security");
  const user = slack.world.addUser("octo", "octo@acme.example");
  const settings = { apiUrl: slack.environment().SLACK_API_URL, botToken: new Secret(slack.botToken) };
  const { transport } = virtualTime();
  for (const connect of [fetchConnection, slack.connect]) {
    const api = slackApiOver(connect, settings, transport);
    expect(await api.userByEmail("octo@acme.example")).toBe(user.id);
    expect(await api.userByEmail("eve@acme.example")).toBeUndefined();
    const ts = await api.post(channel.id, { text: "x", blocks: [section("x")] });
    await api.post(user.id, { text: "y", blocks: [] }, ts);
  }
  expect(slack.world.messagesTo("security")).toHaveLength(2);
  expect(slack.world.messagesTo(user.id)).toMatchObject([{ threadTs: expect.any(String) }, {}]);
  expect(slack.calls.byRoute()).toEqual({ "GET /users.lookupByEmail": 4, "POST /chat.postMessage": 4 });
});

test("faults and refusals come on demand, and a message that was cut off may have been posted", async () => {
  const { slack, transport } = setUp();
  const channel = slack.world.addChannel("c");
  const settings = { apiUrl: "http://127.0.0.1", botToken: new Secret(slack.botToken) };
  const api = slackApiOver(slack.connect, settings, transport);
  const post = () => api.post(channel.id, { text: "x", blocks: [] });
  slack.faults.add({ fault: { kind: "status", status: 429, retryAfterSeconds: 1 }, times: 1 });
  await post();
  slack.faults.add({ fault: { kind: "dropAfter" }, times: 1 });
  await expect(post()).rejects.toMatchObject({ code: "ambiguous-outcome" });
  expect(slack.world.messages).toHaveLength(2);
  slack.faults.add({ fault: { kind: "status", status: 503 }, times: 1 });
  await expect(post()).rejects.toMatchObject({ code: "ambiguous-outcome" });
  slack.world.refuse("user_disabled", 2);
  await expect(post()).rejects.toMatchObject({ code: "cannot-post" });
  await expect(post()).rejects.toMatchObject({ code: "cannot-post" });
  await post();
  expect(slack.world.messages).toHaveLength(3);
});
