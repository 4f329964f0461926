import { type Answer, answerTo } from "../answer.ts";
import { attempting } from "../attempts.ts";
import { type Clock, systemClock } from "../clock.ts";
import { InvalidOptionError, SecretAccessDeniedError, SourceUnavailableError } from "../errors.ts";
import type { CredentialSource } from "../source.ts";
import { type AwsCredentialsProvider, environmentCredentials, untilTheyEnd } from "./credentials.ts";
import { errorName, judge, parseSecret } from "./secret-answers.ts";
import { signedHeaders } from "./signature.ts";

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
const domainOf = (region: string): string =>
  ({ cn: "amazonaws.com.cn", eusc: "amazonaws.eu" })[region.split("-")[0] ?? ""] ?? "amazonaws.com";

const service = "secretsmanager";

/** A difference to the service's clock that its check of signatures may not have tolerated. */
const smallestSkewMilliseconds = 60_000;

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
  if (!region) {
    throw new InvalidOptionError(`${secretId}: give its ARN, or the AWS region, or set AWS_REGION.`);
  }
  const url = new URL(endpoint ?? `https://${service}.${region}.${domainOf(region)}`);
  const aws = untilTheyEnd(credentials, clock);
  const body = JSON.stringify({ SecretId: secretId });
  /** How far the service's clock is ahead. */
  let skew = 0;

  const call = (operation: string): Promise<Answer["body"]> =>
    attempting(clock, random, async () => {
      const headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `${service}.${operation}`,
      };
      const request = { url, region, service, headers, body };
      const signed = signedHeaders(request, await aws(), clock.now() + skew);
      const answer = await answerTo(fetch, url, { method: "POST", headers: signed, body });
      if (!answer) {
        const happened = `${secretId}: ${url.host} gives no answer`;
        return { error: new SourceUnavailableError(`${happened}. Check the way out of this network.`) };
      }
      const told = Date.parse(answer.headers.get("date") ?? "") - clock.now();
      const isSkewed = Math.abs(told - skew) > smallestSkewMilliseconds;
      if (!isSkewed || !errorName(answer).startsWith("InvalidSignature")) return judge(secretId, answer);
      skew = told;
      return { error: new SourceUnavailableError(`${secretId}: this machine's clock is wrong. Set it.`) };
    });

  return {
    fetch: async () => {
      // The description first: a rotation between the two calls is then looked for too soon, never too late.
      const described = await call("DescribeSecret").catch((error) => {
        if (!(error instanceof SecretAccessDeniedError)) throw error;
      });
      const { SecretString } = await call("GetSecretValue");
      const next = described?.NextRotationDate;
      const credential = parseSecret(secretId, SecretString);
      return typeof next === "number" ? { ...credential, nextRotationAt: next * 1000 } : credential;
    },
  };
};
