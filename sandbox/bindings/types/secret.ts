import type { BoundType } from "../bound-type.ts";
import { optionalNumber, optionalText } from "../inputs.ts";
import { nameOf } from "../names.ts";

/**
 * aws:secretsmanager/secret:Secret. https://www.pulumi.com/registry/packages/aws/api-docs/secretsmanager/secret/
 * `recoveryWindowInDays` 0 deletes at once; the default is 30.
 */
export const secret: BoundType = {
  create: (inputs, { region, logicalName }) => {
    const name = nameOf(inputs, logicalName);
    const { ARN: arn = "" } = region.secretsManager.createSecret({
      Name: name,
      Description: optionalText(inputs, "description"),
      KmsKeyId: optionalText(inputs, "kmsKeyId"),
    });
    return { id: arn, outputs: { arn, name, recoveryWindowInDays: inputs.recoveryWindowInDays ?? 30 } };
  },
  update: ({ id }, inputs, { region }) => {
    region.secretsManager.updateSecret({
      SecretId: id,
      Description: optionalText(inputs, "description") ?? "",
      KmsKeyId: optionalText(inputs, "kmsKeyId"),
    });
    return {};
  },
  read: ({ id, outputs }, { region }) => {
    const found = [...region.secretsManager.store.all].find(({ arn }) => arn === id);
    return found === undefined || found.deletedAt !== undefined ? undefined : outputs;
  },
  delete: ({ id, inputs }, { region }) => {
    const days = optionalNumber(inputs, "recoveryWindowInDays") ?? 30;
    region.secretsManager.deleteSecret({
      SecretId: id,
      ...(days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days }),
    });
  },
};
