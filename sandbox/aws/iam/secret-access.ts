/**
 * What a call of Secrets Manager needs.
 *
 * Verified (docs of the operations, "Required permissions"): with a customer managed key reading a value needs
 * kms:Decrypt on it, storing one kms:GenerateDataKey and kms:Decrypt; with the account's own key neither. The service
 * calls KMS in the caller's name, with the secret's ARN as encryption context
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html).
 * RotateSecret needs lambda:InvokeFunction on the function too.
 * Assumed (2026-11-21): rights are asked for before the secret is looked for; one that does not exist is judged by an
 * ARN made from the name.
 */
import { AwsError } from "../error.ts";
import { arn, type Place } from "../place.ts";
import type { Caller } from "../ports/caller.ts";
import type { SecretRecord, SecretStore } from "../secrets-manager/store.ts";

const keyActions: Readonly<Record<string, readonly string[]>> = {
  GetSecretValue: ["kms:Decrypt"],
  PutSecretValue: ["kms:GenerateDataKey", "kms:Decrypt"],
};

/** Asks for the rights to call these operations on a secret. @throws AwsError AccessDeniedException, ResourceNotFoundException */
export const secretFor = (
  caller: Caller,
  store: SecretStore,
  place: Place,
  secretId: string,
  operations: readonly string[],
  /** The function that the call configures; default: the secret's own. */
  functionArn?: string,
): SecretRecord => {
  let secret: SecretRecord | undefined;
  let problem: unknown;
  try {
    secret = store.find(secretId);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    problem = error;
  }
  const resource =
    secret?.arn ??
    (secretId.startsWith("arn:") ? secretId : arn(place, "secretsmanager", `secret:${secretId}-??????`));
  for (const operation of operations) caller.needs(`secretsmanager:${operation}`, resource);
  if (secret === undefined) throw problem;
  for (const operation of operations) needsKey(caller, secret.kmsKeyId, secret.arn, place, operation);
  const rotated = functionArn ?? secret.rotationFunction;
  if (operations.includes("RotateSecret") && rotated !== undefined)
    caller.needs("lambda:InvokeFunction", rotated);
  return secret;
};

/** Asks for the rights to a secret's key. */
export const needsKey = (
  caller: Caller,
  key: string | undefined,
  secretArn: string,
  place: Place,
  operation: string,
): void => {
  const actions = keyActions[operation];
  if (key === undefined || actions === undefined) return;
  const context = {
    "kms:ViaService": `secretsmanager.${place.region}.amazonaws.com`,
    "kms:EncryptionContext:SecretARN": secretArn,
  };
  for (const action of actions) caller.needs(action, key, context);
};
