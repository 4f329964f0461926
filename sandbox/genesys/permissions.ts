import type { Models } from "purecloud-platform-client-v2";

/**
 * `domain:entity:action` strings. Which operation needs which, and whether all or any one of them, is verified: the
 * documentation of the Python SDK 257 says it for each.
 */
export type PermissionRule = { all: readonly string[] } | { any: readonly string[] };

export const allOf = (...permissions: string[]): PermissionRule => ({ all: permissions });
export const anyOf = (...permissions: string[]): PermissionRule => ({ any: permissions });

const covers = (given: string | undefined, wanted: string | undefined): boolean =>
  given === "*" || given === wanted;

/** Whether one of the policies gives the permission; `*` in a policy covers everything in its place. */
export const permits = (policies: readonly Models.DomainPermissionPolicy[], permission: string): boolean => {
  const [domain, entity, action] = permission.split(":");
  return policies.some(
    (policy) =>
      covers(policy.domain, domain) &&
      covers(policy.entityName, entity) &&
      (policy.actionSet ?? []).some((each) => covers(each, action)),
  );
};

/** Permissions gathered into one policy for each domain and entity. */
export const toPolicies = (permissions: readonly string[]): Models.DomainPermissionPolicy[] => {
  const actions = new Map<string, Set<string>>();
  for (const permission of permissions) {
    const [domain = "", entity = "", action = ""] = permission.split(":");
    const key = `${domain}:${entity}`;
    actions.set(key, (actions.get(key) ?? new Set()).add(action));
  }
  return [...actions].map(([key, set]) => {
    const [domain = "", entityName = ""] = key.split(":");
    return { domain, entityName, actionSet: [...set].sort() };
  });
};
