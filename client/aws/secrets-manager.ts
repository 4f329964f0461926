import { type Clock, systemClock } from "../clock.ts";
import { InvalidOptionError, InvalidSecretValueError, SecretAccessDeniedError } from "../errors.ts";
import type { Credential, CredentialSource } from "../source.ts";
import { type AwsCredentialsProvider, environmentCredentials, untilTheyEnd } from "./credentials.ts";
import { secretsManagerCalls } from "./secrets-manager-calls.ts";

export interface SecretsManagerOptions {
  /** ARN or name of the secret; the stack output `secretArn`. */
  secretId: string;
  /** AWS region. Default: the ARN's, else `AWS_REGION`. */
  region?: string;
  /** Default: of the environment, as Lambda, ECS and EKS have them. */
  credentials?: AwsCredentialsProvider;
  /** Default: `AWS_ENDPOINT_URL_SECRETS_MANAGER`, `AWS_ENDPOINT_URL`, else the region's own. */
  endpoint?: string;
  /** Default `process.env`. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Default: the global one. */
  fetch?: typeof globalThis.fetch;
  clock?: Clock;
  /** In [0, 1). Default `Math.random`. */
  random?: () => number;
}

/** https://docs.aws.amazon.com/general/latest/gr/rande.html */
const domainOf = (region: string): string => {
  if (region.startsWith("cn-")) return "amazonaws.com.cn";
  return region.startsWith("eusc-") ? "amazonaws.eu" : "amazonaws.com";
};

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

const parse = (secretId: string, text: unknown): Credential => {
  let value: Record<string, unknown> = {};
  try {
    value = Object(JSON.parse(String(text)));
  } catch {
    // The text may be secret, and so may be the parser's complaint.
  }
  const { clientId, clientSecret, region } = value;
  if (isText(clientId) && isText(clientSecret) && isText(region)) return { clientId, clientSecret, region };
  throw new InvalidSecretValueError(
    `${secretId} holds no clientId, clientSecret and region: it was edited by hand. Rotate it, which writes them anew.`,
  );
};

/**
 * A rotated credential in AWS Secrets Manager. Needs `secretsmanager:GetSecretValue` and `kms:Decrypt`; with
 * `secretsmanager:DescribeSecret` it also knows when the next rotation is due.
 */
export const secretsManagerSource = ({
  secretId,
  environment = process.env,
  region = /^arn:[\w-]+:secretsmanager:([\w-]+):/.exec(secretId)?.[1] ?? environment.AWS_REGION,
  endpoint = environment.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? environment.AWS_ENDPOINT_URL,
  fetch = globalThis.fetch,
  credentials = environmentCredentials(environment, fetch),
  clock = systemClock,
  random = Math.random,
}: SecretsManagerOptions): CredentialSource => {
  if (region === undefined) {
    throw new InvalidOptionError(`${secretId}: give its ARN, or the AWS region, or set AWS_REGION.`);
  }
  const url = new URL(endpoint ?? `https://secretsmanager.${region}.${domainOf(region)}`);
  const call = secretsManagerCalls({
    secretId,
    url,
    region,
    credentials: untilTheyEnd(credentials, clock),
    fetch,
    clock,
    random,
  });

  return {
    fetch: async () => {
      // The description first: a rotation between the two calls is then looked for too soon, never too late.
      const described = await call("DescribeSecret").catch((error) => {
        if (error instanceof SecretAccessDeniedError) return undefined;
        throw error;
      });
      const { SecretString } = await call("GetSecretValue");
      const next = described?.NextRotationDate;
      const credential = parse(secretId, SecretString);
      return typeof next === "number" ? { ...credential, nextRotationAt: next * 1000 } : credential;
    },
  };
};
