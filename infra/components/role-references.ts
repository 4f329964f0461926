import type { Role, RoleAssignment } from "@genesys-credential-guard/providers";
import * as pulumi from "@pulumi/pulumi";

/** The roles that this stack owns, by their name on the platform. */
export type OwnRoles = ReadonlyMap<string, Role>;

/**
 * The assignments, with the name of an own role as that role's output: so the engine knows that the role comes
 * first, and the name is still known in a preview.
 */
export const referToRoles = (
  assignments: readonly RoleAssignment[],
  own: OwnRoles,
): pulumi.Output<RoleAssignment>[] =>
  assignments.map(({ role, division }) => pulumi.output({ role: own.get(role)?.name ?? role, division }));
