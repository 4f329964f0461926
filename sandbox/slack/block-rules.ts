/**
 * What Slack refuses of a message's blocks.
 *
 * - Verified, docs.slack.dev/reference/block-kit/blocks: 50 blocks; a header is plain text of at most 150
 *   characters; a section has a text of 1 to 3,000 characters or at most 10 fields of 2,000; a context has at most 10
 *   elements.
 * - Verified, github.com/slackapi/bolt-js/issues/2509: `msg_blocks_too_long` at about 13,200 characters of all blocks.
 * - Gaps: block types that nobody here sends are refused; actions, inputs, images.
 */
const mostBlocks = 50;
const longestTogether = 13_000;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

const textProblem = (value: unknown, types: readonly string[], longest: number): string | undefined => {
  if (!isFields(value) || !types.includes(String(value.type)))
    return `must be a text of type ${types.join(" or ")}`;
  const { text } = value;
  if (typeof text !== "string" || text.length === 0) return "must have at least 1 character";
  return text.length > longest ? `must be less than ${longest + 1} characters` : undefined;
};

const listProblem = (
  value: unknown,
  most: number,
  problem: (each: unknown) => string | undefined,
): string | undefined => {
  if (!Array.isArray(value) || value.length === 0 || value.length > most)
    return `must have 1 to ${most} elements`;
  return value.map(problem).find((each) => each !== undefined);
};

const both = ["mrkdwn", "plain_text"];

const blockProblem = (block: unknown): string | undefined => {
  if (!isFields(block)) return "must be an object";
  switch (block.type) {
    case "divider":
      return undefined;
    case "header":
      return textProblem(block.text, ["plain_text"], 150);
    case "section":
      return block.fields === undefined
        ? textProblem(block.text, both, 3_000)
        : listProblem(block.fields, 10, (field) => textProblem(field, both, 2_000));
    case "context":
      return listProblem(block.elements, 10, (element) => textProblem(element, both, 3_000));
    default:
      return `unsupported type: ${String(block.type)}`;
  }
};

/** The refusal of a message's blocks, with what Slack says of it; undefined where they are fine. */
export const refusalOf = (blocks: readonly unknown[]): { error: string; messages: string[] } | undefined => {
  if (blocks.length > mostBlocks)
    return {
      error: "invalid_blocks",
      messages: [`[ERROR] no more than ${mostBlocks} items allowed [json-pointer:/blocks]`],
    };
  const messages = blocks.flatMap((block, index) => {
    const problem = blockProblem(block);
    return problem === undefined ? [] : [`[ERROR] ${problem} [json-pointer:/blocks/${index}]`];
  });
  if (messages.length > 0) return { error: "invalid_blocks", messages };
  return JSON.stringify(blocks).length > longestTogether
    ? { error: "msg_blocks_too_long", messages: [] }
    : undefined;
};
