import type { Permission, ResourceKind } from "../../../functions/permissions.ts";
import type { PolicyDocument } from "./policy.ts";

/** The policy that grants what adapters declare that they need, on the sandbox's own resources. */
export const policyOf = (
  permissions: readonly Permission[],
  arns: Readonly<Partial<Record<ResourceKind, readonly string[]>>>,
): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: permissions.map(({ actions, on }) => ({
    Effect: "Allow",
    Action: actions,
    Resource: arns[on] ?? [],
  })),
});
