import { readFile } from "node:fs/promises";
import { answerTo } from "../answer.ts";
import type { Clock } from "../clock.ts";
import { MissingAwsCredentialsError } from "../errors.ts";

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** They are asked for again five minutes before it. Without one, every time. */
  expiration?: Date;
}

/** As the AWS SDK's credential providers are, `fromNodeProviderChain()` for one. */
export type AwsCredentialsProvider = () => Promise<AwsCredentials>;

type Environment = Readonly<Record<string, string | undefined>>;

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html */
const ecsHost = "http://169.254.170.2";
const marginMilliseconds = 300_000;

/**
 * The credentials that Lambda puts into the environment, or those that the container agent of ECS and EKS serves. Other
 * places (profiles, IMDS) are the AWS SDK's: give its provider to the source.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export const environmentCredentials =
  (environment: Environment, fetch: typeof globalThis.fetch): AwsCredentialsProvider =>
  async () => {
    const {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: path,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: url = path && ecsHost + path,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: token = file && (await readFile(file, "utf8")),
    } = environment;
    if (accessKeyId && secretAccessKey) {
      return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
    }
    const answer = url && (await fromContainer(url, token, fetch));
    if (answer) return answer;
    throw new MissingAwsCredentialsError(
      "No AWS credentials in the environment or from a container's agent. Run with a role, or give `credentials`, such as the SDK's fromNodeProviderChain().",
    );
  };

const fromContainer = async (
  url: string,
  token: string | undefined,
  fetch: typeof globalThis.fetch,
): Promise<AwsCredentials | undefined> => {
  const headers = token ? { authorization: token.trim() } : {};
  const { AccessKeyId, SecretAccessKey, Token, Expiration } =
    (await answerTo(fetch, url, { headers }))?.body ?? {};
  if (!AccessKeyId || !SecretAccessKey) return undefined;
  return {
    accessKeyId: String(AccessKeyId),
    secretAccessKey: String(SecretAccessKey),
    ...(Token ? { sessionToken: String(Token) } : {}),
    expiration: new Date(String(Expiration)),
  };
};

/** Asks again shortly before the credentials end. */
export const untilTheyEnd = (provider: AwsCredentialsProvider, clock: Clock): AwsCredentialsProvider => {
  let held: AwsCredentials | undefined;
  return async () => {
    const end = Number(held?.expiration);
    if (!held || !(clock.now() < end - marginMilliseconds)) held = await provider();
    return held;
  };
};
