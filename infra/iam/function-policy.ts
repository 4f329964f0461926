import type * as pulumi from "@pulumi/pulumi";
import type { Permission, ResourceKind } from "../../functions/permissions.ts";
import type { Statement } from "./policy.ts";

/** The ARNs behind each kind of resource that a function acts on; it acts on no other kind. */
export type ResourceArns = Readonly<
  Partial<Record<Exclude<ResourceKind, "any">, readonly pulumi.Input<string>[]>>
>;

const arnsOf = (kind: ResourceKind, arns: ResourceArns): readonly pulumi.Input<string>[] => {
  const found = kind === "any" ? ["*"] : arns[kind];
  if (found === undefined)
    throw new Error(`A function needs rights on ${kind}, which the stack does not have`);
  return found;
};

/** What a permission holds for, beyond its resource. */
const conditions: Partial<Record<ResourceKind, NonNullable<Statement["Condition"]>>> = {
  schedulerRole: { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } },
};

const titleCase = (kind: ResourceKind): string => `${kind[0]?.toUpperCase()}${kind.slice(1)}`;

/** The statements of what a function does: what its adapters ask for and nothing else, one for each kind of resource. */
export const functionStatements = (permissions: readonly Permission[], arns: ResourceArns): Statement[] =>
  [...Map.groupBy(permissions, ({ on }) => on)].map(([kind, group]) => ({
    Sid: titleCase(kind),
    Effect: "Allow",
    Action: [...new Set(group.flatMap(({ actions }) => actions))].sort(),
    Resource: [...arnsOf(kind, arns)],
    ...(conditions[kind] && { Condition: conditions[kind] }),
  }));
