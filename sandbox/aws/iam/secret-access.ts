/**
 * What a call of Secrets Manager needs.
 *
 * Verified (docs of the operations, "Required permissions";
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html): with a customer managed key
 * reading a value needs kms:Decrypt on it, storing one kms:GenerateDataKey and kms:Decrypt, UpdateSecret kms:Encrypt
 * too; with the account's own key none of them. The service calls KMS in the caller's name, with the secret's ARN as
 * encryption context. RotateSecret needs lambda:InvokeFunction on the function. A refusal of KMS is told as "Access to
 * KMS is not allowed" (aws-secrets-manager-rotation-lambdas#53).
 * Assumed (2026-11-21): rights are asked for before the secret is looked for; one that does not exist is judged by an
 * ARN made from the name; PutSecretValue needs kms:Decrypt whether or not there is a value to compare with.
 */
import { AwsError } from "../error.ts";
import { arn, type Place } from "../place.ts";
import type { Caller } from "../ports/caller.ts";
import type { SecretRecord, SecretStore } from "../secrets-manager/store.ts";

const keyActions: Readonly<Record<string, readonly string[]>> = {
  GetSecretValue: ["kms:Decrypt"],
  CreateSecret: ["kms:GenerateDataKey", "kms:Decrypt"],
  PutSecretValue: ["kms:GenerateDataKey", "kms:Decrypt"],
  UpdateSecret: ["kms:GenerateDataKey", "kms:Encrypt", "kms:Decrypt"],
};

/** The names of the operations' actions, each made once. */
const actionNames = new Map<string, string>();

const actionOf = (operation: string): string => {
  const known = actionNames.get(operation);
  if (known !== undefined) return known;
  const name = `secretsmanager:${operation}`;
  actionNames.set(operation, name);
  return name;
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
  for (const operation of operations) caller.needs(actionOf(operation), resource);
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
  for (const action of actions)
    if (!caller.may(action, key, context))
      throw new AwsError("AccessDeniedException", "Access to KMS is not allowed");
};
