/** Secrets Manager as the functions' ports. */
import { Secret } from "../../../apis/http/secret.ts";
import {
  PortError,
  type RotationTrigger,
  type SecretReader,
  type SecretWriter,
} from "../../../functions/ports.ts";
import { AwsError } from "../error.ts";
import { secretFor } from "../iam/secret-access.ts";
import type { Place } from "../place.ts";
import type { SecretsManager } from "../secrets-manager/index.ts";
import { labelledVersions } from "../secrets-manager/labels.ts";
import type { Caller } from "./caller.ts";

/** Whether the secret is there but not such a version of it: the service tells them apart by its words alone. */
const isMissingValue = (error: unknown): boolean =>
  error instanceof AwsError &&
  error.name === "ResourceNotFoundException" &&
  error.message.includes("specified secret value");

export const secretsPort = (
  model: SecretsManager,
  caller: Caller,
  place: Place,
): SecretReader & SecretWriter => ({
  describe: (secretId) =>
    caller.call("secrets", "describe", secretId, () => {
      // The times at which versions were made are told by the list of versions alone.
      const needed = ["DescribeSecret", "ListSecretVersionIds"];
      const secret = secretFor(caller, model.store, place, secretId, needed);
      const versions = [];
      for (const [versionId, stages] of labelledVersions(secret)) {
        const createdAt = secret.versions.get(versionId)?.createdAt ?? secret.createdAt;
        versions.push({ versionId, stages, createdAt });
      }
      return {
        arn: secret.arn,
        name: secret.name,
        rotationEnabled: secret.rotationEnabled === true,
        versions,
        ...(secret.rotatedAt === undefined ? {} : { lastRotatedAt: secret.rotatedAt }),
        ...(secret.nextWindow === undefined ? {} : { nextRotationAt: secret.nextWindow.end }),
        ...(secret.deletedAt === undefined ? {} : { deletedAt: secret.deletedAt }),
      };
    }),

  value: (secretId, which) =>
    caller.call("secrets", "value", secretId, () => {
      secretFor(caller, model.store, place, secretId, ["GetSecretValue"]);
      try {
        const request = "versionId" in which ? { VersionId: which.versionId } : { VersionStage: which.stage };
        return new Secret(model.secretString({ SecretId: secretId, ...request }));
      } catch (error) {
        if (isMissingValue(error)) return undefined;
        throw error;
      }
    }),

  put: (secretId, { versionId, value, stages }) =>
    caller.call("secrets", "put", secretId, () => {
      secretFor(caller, model.store, place, secretId, ["PutSecretValue"]);
      model.putSecretValue({
        SecretId: secretId,
        ClientRequestToken: versionId,
        SecretString: value.reveal(),
        VersionStages: [...stages],
      });
    }),

  moveStage: (secretId, stage, { to, from }) =>
    caller.call("secrets", "moveStage", secretId, () => {
      secretFor(caller, model.store, place, secretId, ["UpdateSecretVersionStage"]);
      try {
        model.updateSecretVersionStage({
          SecretId: secretId,
          VersionStage: stage,
          MoveToVersionId: to,
          RemoveFromVersionId: from,
        });
      } catch (error) {
        // The service calls it a wrong parameter where the label is on another version than the call says.
        const isElsewhere =
          error instanceof AwsError && /RemoveFromVersionId|completely removed/.test(error.message);
        throw isElsewhere ? new PortError("conflict", error.message, { cause: error }) : error;
      }
    }),
});

export const triggerPort = (model: SecretsManager, caller: Caller, place: Place): RotationTrigger => ({
  rotateNow: (secretId, versionId) =>
    caller.call("trigger", "rotateNow", secretId, () => {
      secretFor(caller, model.store, place, secretId, ["RotateSecret"]);
      try {
        model.rotateSecret({ SecretId: secretId, ClientRequestToken: versionId, RotateImmediately: true });
        return "started" as const;
      } catch (error) {
        if (error instanceof AwsError && error.message.startsWith("A previous rotation isn't complete"))
          return "running" as const;
        throw error;
      }
    }),
});
