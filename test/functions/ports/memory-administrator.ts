import type { MemoryAws } from "../../../sandbox/aws/memory.ts";
import { newVersionId } from "./contract.ts";
import type { SecretsAdministrator } from "./secrets.ts";

/** Somebody else at work in the simulated Secrets Manager. */
export const memoryAdministrator = (aws: MemoryAws): SecretsAdministrator => {
  const { secretsManager } = aws;
  return {
    create: async (name, first) =>
      aws.createRotatedSecret(
        name,
        first && { ClientRequestToken: first.versionId, SecretString: first.value.reveal() },
      ),
    enableRotation: async (secretId) => {
      secretsManager.rotateSecret({
        SecretId: secretId,
        ClientRequestToken: newVersionId(),
        RotationLambdaARN: aws.functionArns.rotate,
        RotationRules: { AutomaticallyAfterDays: 30 },
        RotateImmediately: false,
      });
    },
    begin: async (secretId, versionId) => {
      secretsManager.rotateSecret({ SecretId: secretId, ClientRequestToken: versionId });
    },
    put: async (secretId, { versionId, value, stages }) => {
      secretsManager.putSecretValue({
        SecretId: secretId,
        ClientRequestToken: versionId,
        SecretString: value.reveal(),
        VersionStages: stages,
      });
    },
    delete: async (secretId) => {
      secretsManager.deleteSecret({ SecretId: secretId, RecoveryWindowInDays: 7 });
    },
    stages: async (secretId) =>
      secretsManager.describeSecret({ SecretId: secretId }).VersionIdsToStages ?? {},
    value: async (secretId, versionId) =>
      secretsManager.getSecretValue({ SecretId: secretId, VersionId: versionId }).SecretString ?? "",
  };
};
