import { type DescribedSecret, secretsManager } from "../../apis/aws/secrets-manager.ts";
import type { AwsSession } from "../../apis/aws/session.ts";
import { NotFoundError } from "../../apis/http/errors.ts";
import type { Permission } from "../permissions.ts";
import type { SecretDescription, SecretReader } from "../ports.ts";
import { asPort } from "./port-error.ts";

export const secretReaderPermissions: readonly Permission[] = [
  {
    actions: [
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetSecretValue",
      "secretsmanager:ListSecretVersionIds",
    ],
    on: "rotatedSecrets",
    why: "Reads which version is current, pending and previous, when each was made, and their values",
  },
  {
    actions: ["kms:Decrypt"],
    on: "secretsKey",
    why: "Secrets Manager decrypts a value with the rights of the one who reads it",
  },
];

const milliseconds = (seconds: number | null | undefined): number | undefined =>
  typeof seconds === "number" ? Math.round(seconds * 1000) : undefined;

/** The fields that have a value. */
const timesOf = (secret: DescribedSecret): Partial<SecretDescription> => {
  const times = {
    lastRotatedAt: milliseconds(secret.LastRotatedDate),
    nextRotationAt: milliseconds(secret.NextRotationDate),
    deletedAt: milliseconds(secret.DeletedDate),
  };
  return Object.fromEntries(Object.entries(times).filter(([, time]) => time !== undefined));
};

export const awsSecretReader = (session: AwsSession): SecretReader => {
  const secrets = secretsManager(session);

  const describe = async (secretId: string): Promise<SecretDescription> => {
    // The labels are those of one moment; the list only tells when the versions were made.
    const [secret, listed] = await Promise.all([secrets.describe(secretId), secrets.versions(secretId)]);
    const made = new Map(listed.map(({ VersionId, CreatedDate }) => [VersionId, CreatedDate]));
    const versions = Object.entries(secret.VersionIdsToStages ?? {})
      .filter(([, stages]) => stages.length > 0)
      .map(([versionId, stages]) => {
        // A version that the list does not have yet is as new as the secret's last change.
        const createdAt = milliseconds(made.get(versionId) ?? secret.LastChangedDate ?? secret.CreatedDate);
        return { versionId, stages, createdAt: createdAt ?? 0 };
      });
    return {
      arn: secret.ARN,
      name: secret.Name,
      rotationEnabled: secret.RotationEnabled === true,
      versions,
      ...timesOf(secret),
    };
  };

  return {
    describe: (secretId) => asPort(() => describe(secretId)),
    value: (secretId, which) =>
      asPort(async () => {
        try {
          return (await secrets.value(secretId, which)).value;
        } catch (error) {
          if (!(error instanceof NotFoundError)) throw error;
          // The service's words alone tell a missing version from a missing secret; whoever waits is spared a call.
          if (error.message.includes("the specified secret value")) return undefined;
          // Should they ever change: this one fails where there is no secret.
          await secrets.describe(secretId);
          return undefined;
        }
      }),
  };
};
