import type { DomainOrganizationRole } from "../../../apis/genesys/api.ts";
import type { Session } from "../session.ts";
import type { RoleAssignment, RoleDivision } from "../types.ts";

const everywhere = "*";

/** What stands for a name where the platform has no object behind the id (any more). */
const nameless = (id: string): string => `id:${id}`;

/** The roles and divisions behind the names, and the roles themselves. */
export const resolveRoles = async (
  { roles, divisions }: Session,
  assignments: readonly RoleAssignment[] = [],
): Promise<{ roleDivisions: RoleDivision[]; roles: DomainOrganizationRole[] }> => {
  const resolved = await Promise.all(
    assignments.map(async ({ role, division }) => {
      const found = await roles.named(role);
      const divisionId =
        division === undefined
          ? await divisions.home()
          : division === everywhere
            ? everywhere
            : await divisions.idOf(division);
      return { found, roleDivision: { roleId: found.id, divisionId } };
    }),
  );
  return {
    roleDivisions: resolved.map(({ roleDivision }) => roleDivision),
    roles: resolved.map(({ found }) => found),
  };
};

/**
 * The names behind roles and divisions, written as in `declared` where that means the same: the home division may
 * be named or left out.
 */
export const describeRoles = async (
  { roles, divisions }: Session,
  roleDivisions: readonly RoleDivision[],
  declared: readonly RoleAssignment[] = [],
): Promise<RoleAssignment[]> =>
  Promise.all(
    roleDivisions.map(async ({ roleId, divisionId }) => {
      const role = (await roles.nameOf(roleId)) ?? nameless(roleId);
      if (divisionId === everywhere) return { role, division: everywhere };
      const isHome = divisionId === (await divisions.home());
      if (isHome && declared.some((each) => each.role === role && each.division === undefined))
        return { role };
      const division = (await divisions.nameOf(divisionId)) ?? nameless(divisionId);
      const named = declared.some((each) => each.role === role && each.division === division);
      return isHome && !named ? { role } : { role, division };
    }),
  );
