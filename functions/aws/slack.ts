import type { AwsSession } from "../../apis/aws/session.ts";
import { jsonConnection } from "../../apis/http/fetch-connection.ts";
import type { SlackApi } from "../../apis/slack/api.ts";
import { slackApiOver } from "../../apis/slack/create.ts";
import type { Permission } from "../permissions.ts";
import { awsHeldSecret, heldSecretPermissions } from "./held-secret.ts";
import { fieldOf } from "./json-secret.ts";

export const slackPermissions: readonly Permission[] = heldSecretPermissions(
  "slackSecret",
  "The bot's token, with which developers and security are told",
);

export interface AwsSlackOptions {
  /** Of JSON `{botToken}`. */
  secretArn: string;
  /** Default `https://slack.com/api`. */
  apiUrl?: string | undefined;
}

export const awsSlack = (session: AwsSession, { secretArn, apiUrl }: AwsSlackOptions): SlackApi => {
  const held = awsHeldSecret(session, { secretArn });
  const botToken = () => fieldOf(held, "botToken");
  return slackApiOver(jsonConnection, { botToken, ...(apiUrl === undefined ? {} : { apiUrl }) });
};
