import type { Answer, Call } from "../http/call.ts";
import { createHttpClient, type HttpClient, type Transport } from "../http/client.ts";
import type { Connect } from "../http/connection.ts";
import { redact } from "../http/redact.ts";
import { Secret } from "../http/secret.ts";
import type { SlackApi } from "./api.ts";
import { isRefusal, refusalCode, slackDialect, toError } from "./dialect.ts";
import { PlatformError } from "./errors.ts";
import { checkedApiUrl, type SlackSettings, serviceName } from "./settings.ts";

/**
 * A function waits for Slack at the end of its work: a few attempts within half a minute, then whoever called it
 * tries again later.
 */
const retry = { attempts: 3, limitedAttempts: 4, longestWaitMilliseconds: 15_000, totalMilliseconds: 30_000 };

interface Body {
  user?: { id?: unknown };
  ts?: unknown;
}

/**
 * Slack over a given connection; a connection in `transport` is not looked at. Making it does no I/O: settings that
 * cannot be used are reported by the first call.
 */
export const slackApiOver = (
  connect: Connect,
  settings: SlackSettings,
  transport: Transport = {},
): SlackApi => {
  const { botToken } = settings;
  const readToken = botToken instanceof Secret ? async () => botToken : botToken;
  let http: HttpClient | undefined;
  const open = (): HttpClient => {
    http ??= createHttpClient(slackDialect, checkedApiUrl(settings), {
      // More at once than a message a second would only meet the limit sooner.
      concurrency: 2,
      timeoutMilliseconds: 10_000,
      retry,
      ...transport,
      connect,
    });
    return http;
  };

  const send = async (call: Call): Promise<Answer> => {
    let sent = "";
    const headers = async () => {
      sent = (await readToken()).reveal();
      return { authorization: `Bearer ${sent}` };
    };
    const answer = await open().send({ ...call, headers });
    // A refusal with HTTP 200 is a success to the client, which cleans errors alone.
    return isRefusal(answer) ? redact(answer, [sent]) : answer;
  };

  const failure = ({ object, method, route }: Call, answer: Answer) => ({
    service: serviceName,
    object,
    method,
    route,
    status: answer.status,
    ...slackDialect.explain(answer),
  });

  const taken = (call: Call, answer: Answer, value: unknown): string => {
    if (isRefusal(answer)) throw toError(failure(call, answer), answer);
    if (typeof value === "string" && value !== "") return value;
    throw new PlatformError(failure(call, answer));
  };

  return {
    userByEmail: async (email) => {
      const call: Call = {
        method: "GET",
        route: "/users.lookupByEmail",
        query: { email },
        object: "user by e-mail",
      };
      const answer = await send(call);
      if (refusalCode(answer) === "users_not_found") return undefined;
      return taken(call, answer, (answer.body as Body).user?.id);
    },
    post: async (channel, { text, blocks }, thread) => {
      const call: Call = {
        method: "POST",
        route: "/chat.postMessage",
        body: {
          channel,
          text,
          blocks,
          // A link to a repository or an alert is no reason for Slack to fetch it.
          unfurl_links: false,
          unfurl_media: false,
          ...(thread === undefined ? {} : { thread_ts: thread }),
        },
        object: `channel ${channel}`,
      };
      const answer = await send(call);
      return taken(call, answer, (answer.body as Body).ts);
    },
  };
};
