/**
 * Who may do what in the simulated AWS: roles with their policies, and the permissions of functions.
 *
 * Verified (docs of IAM CreateRole, PutRolePolicy; Lambda AddPermission): a function's caller is a service, named by
 * Principal, for one source where SourceArn is given, with `*` as a wildcard; a role is taken on by the services of
 * its trust policy.
 * Assumed (2026-11-21): managed policies that a role attaches give nothing that our functions' ports ask for.
 */
import type { PolicyDocument } from "../aws/iam/policy.ts";
import { compilePolicies } from "../aws/iam/policy.ts";

export interface Role {
  name: string;
  arn: string;
  /** Services that may take it on, such as `lambda.amazonaws.com`. */
  trusts: ReadonlySet<string>;
  /** Inline policies by name. */
  policies: Map<string, PolicyDocument>;
}

export interface FunctionPermission {
  action: string;
  principal: string;
  sourceArn: string | undefined;
  /** 12 digits. */
  sourceAccount: string | undefined;
}

/** The services that a trust policy names. */
export const trustedServices = (trust: string): ReadonlySet<string> => {
  const document = JSON.parse(trust) as { Statement?: unknown };
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  return new Set(
    statements.flatMap((statement: unknown) => {
      const { Effect, Principal } = Object(statement) as Record<string, unknown>;
      return Effect === "Allow" ? [Object(Principal).Service ?? []].flat() : [];
    }),
  );
};

/** Whether a role may do it. */
export const roleAllows = (role: Role, action: string, resource: string): boolean =>
  compilePolicies([...role.policies.values()])(action, resource);

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(text);

/** Whether a service may call a function for a source. */
export const permits = (
  permissions: Iterable<FunctionPermission>,
  principal: string,
  sourceArn: string,
): boolean =>
  [...permissions].some(
    (permission) =>
      permission.principal === principal &&
      ["lambda:InvokeFunction", "lambda:*", "*"].includes(permission.action) &&
      (permission.sourceAccount === undefined || permission.sourceAccount === sourceArn.split(":")[4]) &&
      (permission.sourceArn === undefined || matches(permission.sourceArn, sourceArn)),
  );
