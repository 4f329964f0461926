import type { BoundType, Surroundings } from "../bound-type.ts";
import { optionalText, text } from "../inputs.ts";
import { hexadecimal } from "../names.ts";
import type { DeployedFunction } from "../region.ts";

/** A function by name or ARN. */
export const functionNamed = (nameOrArn: string, { region }: Surroundings): DeployedFunction => {
  const found =
    region.functions.get(nameOrArn) ?? region.functions.get(region.arn("lambda", `function:${nameOrArn}`));
  if (found === undefined) throw new Error(`ResourceNotFoundException: Function not found: ${nameOrArn}`);
  return found;
};

/** aws:lambda/permission:Permission: who may call a function. https://www.pulumi.com/registry/packages/aws/api-docs/lambda/permission/ */
export const permission: BoundType = {
  create: (inputs, surroundings) => {
    const statementId =
      optionalText(inputs, "statementId") ?? `${surroundings.logicalName}-${hexadecimal(7)}`;
    functionNamed(text(inputs, "function"), surroundings).permissions.set(statementId, {
      action: text(inputs, "action"),
      principal: text(inputs, "principal"),
      sourceArn: optionalText(inputs, "sourceArn"),
      sourceAccount: optionalText(inputs, "sourceAccount"),
    });
    return { id: statementId, outputs: { statementId } };
  },
  delete: ({ id, inputs }, surroundings) => {
    functionNamed(text(inputs, "function"), surroundings).permissions.delete(id);
  },
};
