import { secretsManager } from "../../apis/aws/secrets-manager.ts";
import type { AwsSession } from "../../apis/aws/session.ts";
import { InvalidRequestError } from "../../apis/http/errors.ts";
import type { Permission } from "../permissions.ts";
import { PortError, type SecretWriter } from "../ports.ts";
import { asPort } from "./port-error.ts";

export const secretWriterPermissions: readonly Permission[] = [
  {
    actions: ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"],
    on: "rotatedSecrets",
    why: "Stores the new version of a secret and makes it current",
  },
  {
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    on: "secretsKey",
    why: "Secrets Manager encrypts a value with the rights of the one who stores it, and compares it with what is there",
  },
];

export const awsSecretWriter = (session: AwsSession): SecretWriter => {
  const secrets = secretsManager(session);
  return {
    put: (secretId, version) => asPort(() => secrets.put(secretId, version)),
    moveStage: (secretId, stage, move) =>
      asPort(async () => {
        try {
          await secrets.moveStage(secretId, stage, move);
        } catch (error) {
          // So the service calls a label that is on another version than the call says.
          if (!(error instanceof InvalidRequestError)) throw error;
          throw new PortError("conflict", error.message, { cause: error });
        }
      }),
  };
};
