/**
 * Secrets Manager's operations over HTTP: JSON 1.1, times as seconds since 1970.
 *
 * Verified (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html; LocalStack's recordings of AWS): errors are
 * 400 with `__type` and `Message`.
 */
import { needsKey, secretFor } from "../iam/secret-access.ts";
import type { MemoryAws } from "../memory.ts";
import { arn } from "../place.ts";
import type { SecretsManager } from "../secrets-manager/index.ts";
import type { Operation } from "./operation.ts";

type Method = Exclude<keyof SecretsManager, "store" | "createSecret">;

const methods: Readonly<Record<string, Method>> = {
  DescribeSecret: "describeSecret",
  ListSecretVersionIds: "listSecretVersionIds",
  GetSecretValue: "getSecretValue",
  PutSecretValue: "putSecretValue",
  UpdateSecret: "updateSecret",
  UpdateSecretVersionStage: "updateSecretVersionStage",
  RotateSecret: "rotateSecret",
  CancelRotateSecret: "cancelRotateSecret",
  DeleteSecret: "deleteSecret",
  RestoreSecret: "restoreSecret",
};

export const secretsManagerOperations = ({
  secretsManager,
  place,
}: Pick<MemoryAws, "secretsManager" | "place">): Record<string, Operation> => {
  const operations: Record<string, Operation> = {
    "secretsmanager.CreateSecret": (input, caller) => {
      const resource = arn(place, "secretsmanager", `secret:${String(input.Name)}-??????`);
      caller.needs("secretsmanager:CreateSecret", resource);
      const key = typeof input.KmsKeyId === "string" ? input.KmsKeyId : undefined;
      needsKey(caller, key, resource, place, "CreateSecret");
      return secretsManager.createSecret(input as never);
    },
  };
  for (const [operation, method] of Object.entries(methods)) {
    operations[`secretsmanager.${operation}`] = (input, caller) => {
      const functionArn = input.RotationLambdaARN;
      const needed = typeof functionArn === "string" ? functionArn : undefined;
      secretFor(caller, secretsManager.store, place, String(input.SecretId ?? ""), [operation], needed);
      return secretsManager[method](input as never);
    };
  }
  return operations;
};
