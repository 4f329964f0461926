import type { PropertyMap } from "../../../engine/model/property.ts";
import { compilePolicies, type PolicyDocument } from "../../aws/iam/policy.ts";
import type { Role } from "../access.ts";
import type { BoundType } from "../bound-type.ts";
import type { Cloud } from "../cloud.ts";
import { text } from "../inputs.ts";
import { nameOf } from "../names.ts";

const roleOf = (inputs: PropertyMap, cloud: Cloud): Role => {
  const name = text(inputs, "role").split("/").at(-1) ?? "";
  const role = cloud.roles.get(cloud.iamArn(`role/${name}`));
  if (role === undefined) throw new Error(`NoSuchEntity: The role with name ${name} cannot be found.`);
  return role;
};

const put = (inputs: PropertyMap, name: string, cloud: Cloud): void => {
  const document = JSON.parse(text(inputs, "policy")) as PolicyDocument;
  // Refuses what the model of IAM cannot judge.
  compilePolicies([document]);
  roleOf(inputs, cloud).policies.set(name, document);
};

/**
 * aws:iam/rolePolicy:RolePolicy: what the role may do, which is asked before every call of a function's ports; its id
 * is `ROLE:NAME`. https://www.pulumi.com/registry/packages/aws/api-docs/iam/rolepolicy/
 */
export const rolePolicy: BoundType = {
  create: (inputs, { cloud, logicalName }) => {
    const name = nameOf(inputs, logicalName);
    put(inputs, name, cloud);
    return { id: `${roleOf(inputs, cloud).name}:${name}`, outputs: { name } };
  },
  update: ({ outputs }, inputs, { cloud }) => {
    put(inputs, String(outputs.name), cloud);
    return {};
  },
  delete: ({ inputs, outputs }, { cloud }) => {
    roleOf(inputs, cloud).policies.delete(String(outputs.name));
  },
};
