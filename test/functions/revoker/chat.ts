import type { SlackApi, SlackMessage } from "../../../apis/slack/api.ts";
import { NotFoundError } from "../../../apis/slack/errors.ts";
import type { ServiceAccess } from "../../../sandbox/runtime/index.ts";

export interface Chat {
  posts: { channel: string; message: SlackMessage }[];
  users: Map<string, string>;
  known: Set<string>;
  api(reach: ServiceAccess["reach"], transport: object): SlackApi;
}

export const createChat = (): Chat => {
  const chat: Chat = {
    posts: [],
    users: new Map(),
    known: new Set(["C0SECURITY", "C0DEVELOPERS", "U0DEV"]),
    api: () => ({
      userByEmail: async (email) => chat.users.get(email),
      post: async (channel, message) => {
        if (!chat.known.has(channel))
          throw new NotFoundError({
            service: "Slack",
            object: channel,
            method: "POST",
            route: "/chat.postMessage",
          });
        chat.posts.push({ channel, message });
        return String(chat.posts.length);
      },
    }),
  };
  return chat;
};
