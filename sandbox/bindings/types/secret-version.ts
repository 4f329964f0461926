import type { BoundType } from "../bound-type.ts";
import { text } from "../inputs.ts";

/**
 * aws:secretsmanager/secretVersion:SecretVersion; its id is `ARN|VERSION`. Deleted, it loses its labels, but for
 * AWSCURRENT, which a secret cannot be without.
 * https://www.pulumi.com/registry/packages/aws/api-docs/secretsmanager/secretversion/
 */
export const secretVersion: BoundType = {
  create: (inputs, { region }) => {
    const secretId = text(inputs, "secretId");
    const { ARN: arn = "", VersionId: versionId = "" } = region.secretsManager.putSecretValue({
      SecretId: secretId,
      ClientRequestToken: region.newId(),
      SecretString: text(inputs, "secretString"),
    });
    return { id: `${arn}|${versionId}`, outputs: { arn, versionId, versionStages: ["AWSCURRENT"] } };
  },
  delete: ({ id }, { region }) => {
    const [arn = "", versionId = ""] = id.split("|");
    const found = [...region.secretsManager.store.all].find((secret) => secret.arn === arn);
    const labels = [...(found?.labels ?? [])].filter(([, version]) => version === versionId);
    for (const [label] of labels)
      if (label !== "AWSCURRENT")
        region.secretsManager.updateSecretVersionStage({
          SecretId: arn,
          VersionStage: label,
          RemoveFromVersionId: versionId,
        });
  },
};
