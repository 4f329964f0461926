import { permissionsOf } from "../../functions/aws/permissions.ts";
import type { FunctionDefinition, LeakFunctionDefinition } from "../../functions/catalog.ts";
import type { ResourceKind } from "../../functions/permissions.ts";
import type { PolicyDocument } from "../aws/iam/policy.ts";

/** The policy that a function's adapters ask for, over the simulated account's resources. */
export const functionPolicy = (
  definition: Pick<FunctionDefinition | LeakFunctionDefinition, "ports">,
  arns: Readonly<Partial<Record<ResourceKind, readonly string[]>>>,
): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: permissionsOf(definition).map(({ actions, on }) => ({
    Effect: "Allow",
    Action: actions,
    Resource: arns[on] ?? [],
  })),
});
