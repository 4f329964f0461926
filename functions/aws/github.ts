import type { AwsSession } from "../../apis/aws/session.ts";
import { githubApp } from "../../apis/github/app.ts";
import { parseAppCredentials } from "../../apis/github/app-credentials.ts";
import type { GithubApp } from "../../apis/github/leak-api.ts";
import { fetchConnection } from "../../apis/http/fetch-connection.ts";
import type { Permission } from "../permissions.ts";
import { awsHeldSecret, heldSecretPermissions } from "./held-secret.ts";

export const githubPermissions: readonly Permission[] = heldSecretPermissions(
  "githubAppSecret",
  "The key of the GitHub App, with which a token is minted for one run",
);

export interface AwsGithubOptions {
  /** Of JSON `{appId, installationId, privateKey}`. */
  secretArn: string;
  /** Default `https://api.github.com`. */
  apiUrl?: string | undefined;
}

export const awsGithub = (session: AwsSession, { secretArn, apiUrl }: AwsGithubOptions): GithubApp => {
  const held = awsHeldSecret(session, { secretArn });
  const options = { connect: fetchConnection, ...(apiUrl === undefined ? {} : { apiUrl }) };
  return githubApp(options, async (how) => parseAppCredentials(await held.read(how)));
};
