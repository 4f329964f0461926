import { attempting, type Setback } from "../attempts.ts";
import type { Clock } from "../clock.ts";
import { SecretAccessDeniedError, SecretNotFoundError, SourceUnavailableError } from "../errors.ts";
import type { AwsCredentialsProvider } from "./credentials.ts";
import { signedHeaders } from "./signature.ts";

export interface SecretsManagerSetup {
  secretId: string;
  url: URL;
  region: string;
  credentials: AwsCredentialsProvider;
  fetch: typeof globalThis.fetch;
  clock: Clock;
  random: () => number;
}

type Answer = Record<string, unknown>;

const service = "secretsmanager";
const timeoutMilliseconds = 5_000;

/** What the service refuses, by its error's name; anything else may have passed at another attempt. */
const refusal = (secretId: string, name: string): Error | undefined => {
  // The second: it is scheduled for deletion.
  if (/^(ResourceNotFound|InvalidRequest)Exception$/.test(name)) {
    return new SecretNotFoundError(
      `${secretId}: no such secret, no current version, or to be deleted (${name}). Check ARN and region against the stack's outputs.`,
    );
  }
  if (
    /^(AccessDenied|UnrecognizedClient|InvalidSignature|ExpiredToken)Exception$|^DecryptionFailure/.test(name)
  ) {
    return new SecretAccessDeniedError(
      `${secretId}: the AWS role in use may not read it (${name}). It needs secretsmanager:GetSecretValue and DescribeSecret, and kms:Decrypt on the secret's key.`,
    );
  }
  return undefined;
};

/** Calls of Secrets Manager about one secret. https://docs.aws.amazon.com/secretsmanager/latest/apireference/ */
export const secretsManagerCalls = ({
  secretId,
  url,
  region,
  credentials,
  fetch,
  clock,
  random,
}: SecretsManagerSetup): ((operation: string) => Promise<Answer>) => {
  const body = JSON.stringify({ SecretId: secretId });

  const attempt = async (operation: string): Promise<{ value: Answer } | Setback> => {
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `${service}.${operation}`,
    };
    const signed = signedHeaders({ url, region, service, headers, body }, await credentials(), clock.now());
    let happened: string;
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: signed,
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      const answer: Answer = Object(await response.json());
      if (response.status === 200) return { value: answer };
      // `Name`, or `namespace#Name`.
      const name = /\w*$/.exec(String(answer.__type))?.[0] ?? "";
      const refused = refusal(secretId, name);
      if (refused !== undefined) throw refused;
      happened = `answers ${response.status} ${name}`;
    } catch (error) {
      if (error instanceof SecretNotFoundError || error instanceof SecretAccessDeniedError) throw error;
      // The network's own error can hold the request.
      happened = "gives no answer";
    }
    return {
      error: new SourceUnavailableError(
        `${secretId}: ${url.host} ${happened}. Try again later; check the way out of this network.`,
      ),
    };
  };

  return (operation) => attempting(clock, random, () => attempt(operation));
};
