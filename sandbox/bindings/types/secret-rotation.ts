import type { PropertyMap } from "../../../engine/model/property.ts";
import type { BoundType } from "../bound-type.ts";
import { map, optionalNumber, optionalText, text } from "../inputs.ts";
import type { Region } from "../region.ts";

/** https://www.pulumi.com/registry/packages/aws/api-docs/secretsmanager/secretrotation/ : `rotateImmediately` is true by default. */
const rotate = (inputs: PropertyMap, region: Region): void => {
  const rules = map(inputs.rotationRules);
  const days = optionalNumber(rules, "automaticallyAfterDays");
  const expression = optionalText(rules, "scheduleExpression");
  const duration = optionalText(rules, "duration");
  region.secretsManager.rotateSecret({
    SecretId: text(inputs, "secretId"),
    ClientRequestToken: region.newId(),
    RotationLambdaARN: optionalText(inputs, "rotationLambdaArn"),
    RotateImmediately: inputs.rotateImmediately !== false,
    RotationRules: {
      ...(days === undefined ? {} : { AutomaticallyAfterDays: days }),
      ...(expression === undefined ? {} : { ScheduleExpression: expression }),
      ...(duration === undefined ? {} : { Duration: duration }),
    },
  });
};

/** aws:secretsmanager/secretRotation:SecretRotation: its schedule fires on the virtual clock. */
export const secretRotation: BoundType = {
  create: (inputs, { region }) => {
    rotate(inputs, region);
    return {
      id: text(inputs, "secretId"),
      outputs: { rotationEnabled: true, rotateImmediately: inputs.rotateImmediately ?? true },
    };
  },
  update: (_existing, inputs, { region }) => {
    rotate(inputs, region);
    return {};
  },
  delete: ({ id }, { region }) => {
    region.secretsManager.cancelRotateSecret({ SecretId: id });
  },
};
