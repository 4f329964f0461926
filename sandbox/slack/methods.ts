/**
 * `chat.postMessage` and `users.lookupByEmail`.
 *
 * - Verified, docs.slack.dev/reference/methods (both pages): HTTP 200 with `ok: false` and the error's code; the codes
 *   that are answered here; `missing_scope` with `needed` and `provided`; a user's id as channel is a direct message;
 *   names of channels besides ids; a private channel that the app is not in is `channel_not_found`, a public one
 *   `not_in_channel` unless it has chat:write.public; a deactivated user is `users_not_found` by e-mail, which is
 *   looked up by query or form and not by JSON.
 * - Assumed: the order of the checks; `channel_not_found` for the id of nobody and of one who has left; a text longer
 *   than 40,000 characters is refused, where Slack says that it cuts it.
 * - Gaps: every other method, attachments, files, scheduling, ephemeral messages.
 */
import type { Handler, SimulatedRequest, SimulatedResponse } from "../http/responder.ts";
import { refusalOf } from "./block-rules.ts";
import type { RateLimit } from "./rate-limit.ts";
import type { SlackWorld, Token, User } from "./world.ts";

type Body = Readonly<Record<string, unknown>>;

const longestText = 40_000;

const no = (error: string, more: object = {}): SimulatedResponse => ({
  status: 200,
  body: { ok: false, error, ...more },
});

const limited = (seconds: number): SimulatedResponse => ({
  status: 429,
  body: { ok: false, error: "ratelimited" },
  headers: { "retry-after": String(seconds) },
});

const bodyOf = ({ text, headers }: SimulatedRequest): Body | SimulatedResponse => {
  const type = headers["content-type"] ?? "";
  if (text === "") return {};
  if (type.startsWith("application/x-www-form-urlencoded")) {
    const fields: Record<string, unknown> = Object.fromEntries(new URLSearchParams(text));
    return fields;
  }
  if (!type.startsWith("application/json"))
    return no(type === "" ? "missing_post_type" : "invalid_post_type");
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Body)
      : no("json_not_object");
  } catch {
    return no("invalid_json");
  }
};

const isResponse = (value: Body | SimulatedResponse): value is SimulatedResponse =>
  typeof value.status === "number" && "body" in value;

const userShown = ({ id, name, email }: User) => ({
  id,
  team_id: "T0SANDBOX",
  name,
  deleted: false,
  real_name: name,
  profile: { real_name: name, display_name: name, email },
});

interface Method {
  scope: string;
  run(request: SimulatedRequest, token: Token): SimulatedResponse;
}

const served =
  (world: SlackWorld, { scope, run }: Method): Handler =>
  (request) => {
    const [, value] = /^bearer (\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
    const token = world.token(value ?? "");
    const headers = { "x-slack-req-id": `r${world.now()}${world.messages.length}` };
    const answer = ((): SimulatedResponse => {
      if (value === undefined) return no("not_authed");
      if (token === undefined) return no("invalid_auth");
      if (token.state === "revoked") return no("token_revoked");
      if (token.state === "accountInactive") return no("account_inactive");
      if (!token.scopes.includes(scope))
        return no("missing_scope", { needed: scope, provided: token.scopes.join(",") });
      const refusal = world.nextRefusal();
      return refusal === undefined ? run(request, token) : no(refusal);
    })();
    return { ...answer, headers: { ...headers, ...answer.headers } };
  };

export const methods = (world: SlackWorld, rate: RateLimit | undefined): Record<string, Handler> => {
  const target = (id: string, { scopes }: Token): { channel: string; user?: string } | SimulatedResponse => {
    if (/^U[A-Z0-9]+$/.test(id)) {
      const user = world.user(id);
      if (user === undefined || user.isDeactivated) return no("channel_not_found");
      return user.isBot ? no("cannot_dm_bot") : { channel: world.conversation(user), user: id };
    }
    const channel = world.channel(id);
    if (channel === undefined) return no("channel_not_found");
    if (channel.isArchived) return no("is_archived");
    const mayPost = channel.isMember || (!channel.isPrivate && scopes.includes("chat:write.public"));
    if (!mayPost) return no(channel.isPrivate ? "channel_not_found" : "not_in_channel");
    return channel.isReadOnly ? no("restricted_action_read_only_channel") : { channel: channel.id };
  };

  const postMessage: Method = {
    scope: "chat:write",
    run: (request, token) => {
      const body = bodyOf(request);
      if (isResponse(body)) return body;
      const { channel: id, text = "", blocks: given = [], thread_ts } = body;
      if (typeof id !== "string" || id === "") return no("channel_not_found");
      const to = target(id, token);
      if ("status" in to) return to;
      let blocks: unknown = given;
      try {
        if (typeof given === "string") blocks = JSON.parse(given);
      } catch {
        return no("invalid_blocks_format");
      }
      if (!Array.isArray(blocks) || typeof text !== "string") return no("invalid_arguments");
      if (text === "" && blocks.length === 0) return no("no_text");
      if (text.length > longestText) return no("msg_too_long");
      const refusal = refusalOf(blocks);
      if (refusal !== undefined)
        return no(refusal.error, {
          errors: refusal.messages,
          response_metadata: { messages: refusal.messages },
        });
      const wait = rate?.message(to.channel);
      if (wait !== undefined) return limited(wait);
      const thread = typeof thread_ts === "string" ? { threadTs: thread_ts } : {};
      const message = world.post({ ...to, text, blocks, ...thread });
      return {
        status: 200,
        body: {
          ok: true,
          channel: to.channel,
          ts: message.ts,
          message: { type: "message", text, ts: message.ts },
        },
      };
    },
  };

  const lookupByEmail: Method = {
    scope: "users:read.email",
    run: (request) => {
      const wait = rate?.tier3("users.lookupByEmail");
      if (wait !== undefined) return limited(wait);
      const form = (request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
      const email =
        request.query.get("email") ?? (form ? new URLSearchParams(request.text).get("email") : null);
      if (email === null || email === "") return no("invalid_arguments");
      const user = world.userByEmail(email);
      return user === undefined
        ? no("users_not_found")
        : { status: 200, body: { ok: true, user: userShown(user) } };
    },
  };

  return {
    "POST /chat.postMessage": served(world, postMessage),
    "GET /users.lookupByEmail": served(world, lookupByEmail),
    "POST /users.lookupByEmail": served(world, lookupByEmail),
  };
};
