/**
 * A message as Slack takes it. Its limits: 50 blocks, 150 characters of a header, 3,000 of a section, and about
 * 13,000 of all blocks together (`msg_blocks_too_long`, which no page documents).
 * https://docs.slack.dev/reference/block-kit/blocks/section-block
 * https://docs.slack.dev/reference/block-kit/blocks/header-block
 * https://github.com/slackapi/bolt-js/issues/2509
 */
export interface ChatMessage {
  text: string;
  blocks: readonly Readonly<Record<string, unknown>>[];
}

/** A title in plain text, then paragraphs of mrkdwn. Empty paragraphs are left out. */
export const chatMessage = (title: string, paragraphs: readonly (string | undefined)[]): ChatMessage => {
  const shown = paragraphs.filter((paragraph) => paragraph !== undefined && paragraph !== "");
  // What a notification shows is mrkdwn, a header is not: so without what only one of them would escape.
  const plain = title.replaceAll(/[&<>]/g, "");
  return {
    text: plain,
    blocks: [
      { type: "header", text: { type: "plain_text", text: plain, emoji: false } },
      ...shown.map((text) => ({ type: "section", text: { type: "mrkdwn", text } })),
    ],
  };
};

export const lines = (...each: readonly (string | undefined)[]): string =>
  each.filter((line) => line !== undefined).join("\n");
