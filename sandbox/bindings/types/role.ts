import { trustedServices } from "../access.ts";
import type { BoundType } from "../bound-type.ts";
import { text } from "../inputs.ts";
import { hexadecimal, nameOf } from "../names.ts";

/** aws:iam/role:Role; its id is its name. https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/ */
export const role: BoundType = {
  create: (inputs, { cloud, logicalName }) => {
    const name = nameOf(inputs, logicalName);
    const arn = cloud.iamArn(`role/${name}`);
    if (cloud.roles.has(arn)) throw new Error(`EntityAlreadyExists: Role with name ${name} already exists.`);
    cloud.roles.set(arn, {
      name,
      arn,
      trusts: trustedServices(text(inputs, "assumeRolePolicy")),
      policies: new Map(),
    });
    const uniqueId = `AROA${hexadecimal(17).toUpperCase()}`;
    return {
      id: name,
      outputs: { arn, name, uniqueId, createDate: new Date(cloud.clock.now()).toISOString() },
    };
  },
  update: ({ outputs }, inputs, { cloud }) => {
    const known = cloud.roles.get(String(outputs.arn));
    if (known !== undefined)
      cloud.roles.set(known.arn, { ...known, trusts: trustedServices(text(inputs, "assumeRolePolicy")) });
    return {};
  },
  read: ({ outputs }, { cloud }) => (cloud.roles.has(String(outputs.arn)) ? outputs : undefined),
  delete: ({ outputs }, { cloud }) => void cloud.roles.delete(String(outputs.arn)),
};
