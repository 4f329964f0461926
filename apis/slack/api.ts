/** A message in Slack's own terms: `text` is what notifications show. https://docs.slack.dev/block-kit */
export interface SlackMessage {
  text: string;
  blocks: readonly Readonly<Record<string, unknown>>[];
}

/** Every call throws one of the errors of `errors.ts`. */
export interface SlackApi {
  /** The id of the user with that e-mail address; undefined where there is none. Needs `users:read.email`. */
  userByEmail(email: string): Promise<string | undefined>;
  /** To a channel, or to a user by id as a direct message. Needs `chat:write`. Answers the message's `ts`. */
  post(channel: string, message: SlackMessage, thread?: string): Promise<string>;
}
