import type { PolicyResource } from "@pulumi/policy";
import { tokens } from "../core/tokens.ts";
import { judgeEach, judgeElements, property, text } from "./inputs.ts";
import { bridged } from "./tokens.ts";

/** The bridge puts the names of lists into the plural. */
const actionFields = ["actionSets", "actionSet"];

/** Whether the resource is a role whose permissions the program declares. */
export const isRole = ({ type }: PolicyResource): boolean => type === tokens.role || type === bridged.role;

/** Whether a client holds the role: by its name, which the platform compares without case, or by depending on it. */
export const holds = (client: PolicyResource, names: ReadonlySet<string>, role: PolicyResource): boolean => {
  if (client.propertyDependencies.roles?.some(({ urn }) => urn === role.urn)) return true;
  const name = text(property(role.props, "name"));
  return name !== undefined && names.has(name.toLowerCase());
};

/** Calls `judge` with every permission of a role, as `domain:entity:action`; what a policy leaves out is a `*`. */
export const judgePermissions = ({ props }: PolicyResource, judge: (permission: string) => void): void =>
  judgeEach([
    () =>
      judgeElements(property(props, "permissions"), (permission) => {
        judge(text(permission) ?? "*");
      }),
    () =>
      judgeElements(property(props, "permissionPolicies"), (policy) => {
        const [domain, entity] = ["domain", "entityName"].map(
          (field) => text(property(policy, field)) ?? "*",
        );
        for (const field of actionFields)
          judgeElements(property(policy, field), (action) => {
            judge(`${domain}:${entity}:${text(action) ?? "*"}`);
          });
      }),
  ]);
