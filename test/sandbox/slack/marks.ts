export { assumed, verified } from "../github/marks.ts";

/** Where a simulated behaviour of Slack is documented. */
export const sources = {
  post: "docs.slack.dev/reference/methods/chat.postMessage",
  lookup: "docs.slack.dev/reference/methods/users.lookupByEmail",
  basics: "docs.slack.dev/apis/web-api",
  limits: "docs.slack.dev/apis/web-api/rate-limits",
  blocks: "docs.slack.dev/reference/block-kit/blocks",
  blocksTogether: "github.com/slackapi/bolt-js/issues/2509",
} as const;
