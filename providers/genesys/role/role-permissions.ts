import type { DomainOrganizationRole, DomainOrganizationRoleCreate } from "../../../apis/genesys/api.ts";

type Policies = NonNullable<DomainOrganizationRoleCreate["permissionPolicies"]>;

/** Permissions as `domain:entity:action`, sorted, each once: what the role's policies and its older list grant. */
export const permissionsOf = ({
  permissions = [],
  permissionPolicies = [],
}: Pick<DomainOrganizationRole, "permissions" | "permissionPolicies">): string[] => {
  const granted = permissionPolicies.flatMap(({ domain, entityName, actionSet = [] }) =>
    actionSet.map((action) => `${domain}:${entityName}:${action}`),
  );
  return [...new Set([...permissions, ...granted])].sort();
};

/** One policy for each domain and entity, in a fixed order. */
export const policiesOf = (permissions: readonly string[]): Policies => {
  const actions = new Map<string, string[]>();
  for (const permission of [...new Set(permissions)].sort()) {
    const [domain = "", entityName = "", action = ""] = permission.split(":");
    const key = `${domain}:${entityName}`;
    actions.set(key, [...(actions.get(key) ?? []), action]);
  }
  return [...actions].map(([key, actionSet]) => {
    const [domain = "", entityName = ""] = key.split(":");
    return { domain, entityName, actionSet };
  });
};
