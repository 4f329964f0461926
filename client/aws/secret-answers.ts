import type { Answer } from "../answer.ts";
import type { Setback } from "../attempts.ts";
import {
  InvalidSecretValueError,
  SecretAccessDeniedError,
  SecretNotFoundError,
  SourceUnavailableError,
} from "../errors.ts";
import type { Credential } from "../source.ts";

/** The error's name in an answer: `Name`, or `namespace#Name`. */
export const errorName = ({ body }: Answer): string => /\w*$/.exec(String(body.__type))?.[0] ?? "";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html#API_GetSecretValue_Errors */
export const judge = (secretId: string, answer: Answer): { value: Answer["body"] } | Setback => {
  if (answer.status === 200) return { value: answer.body };
  const name = errorName(answer);
  const happened = `${secretId}: Secrets Manager answers ${answer.status} ${name}`;
  // InvalidRequestException: it is scheduled for deletion.
  if (/^(ResourceNotFound|InvalidRequest)E/.test(name)) {
    throw new SecretNotFoundError(
      `${happened}: no such secret, no current version, or to be deleted. Check ARN and region against the stack's outputs.`,
    );
  }
  if (/^(AccessDenied|DecryptionFailure|ExpiredToken|InvalidSignature|UnrecognizedClient)/.test(name)) {
    throw new SecretAccessDeniedError(
      `${happened}. The AWS role in use needs secretsmanager:GetSecretValue and DescribeSecret, and kms:Decrypt on the secret's key.`,
    );
  }
  return { error: new SourceUnavailableError(`${happened}. Try again later.`) };
};

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

export const parseSecret = (secretId: string, text: unknown): Credential => {
  let value: unknown;
  try {
    value = JSON.parse(String(text));
  } catch {
    // The text may be secret, and so may be the parser's complaint.
  }
  const { clientId, clientSecret, region } = Object(value);
  if ([clientId, clientSecret, region].every(isText)) return { clientId, clientSecret, region };
  throw new InvalidSecretValueError(
    `${secretId} holds no clientId, clientSecret and region: it was edited by hand. Rotate it, which writes them anew.`,
  );
};
