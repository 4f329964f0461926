import type * as pulumi from "@pulumi/pulumi";
import type { Permission, ResourceKind } from "../../functions/permissions.ts";
import type { Statement } from "./policy.ts";

/** The ARNs behind each kind of resource that a function acts on. */
export type ResourceArns = Readonly<Record<Exclude<ResourceKind, "any">, readonly pulumi.Input<string>[]>>;

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
    Resource: kind === "any" ? ["*"] : [...arns[kind]],
    ...(conditions[kind] && { Condition: conditions[kind] }),
  }));
