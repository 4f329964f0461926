import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { administrativePermission } from "../../core/permissions/permissions.ts";
import { documentation } from "../documentation.ts";
import { judgeEach, judgeElements, property } from "../inputs.ts";
import { bridgeSettings, oauthClientOf, roleName } from "../oauth-clients.ts";
import { holds, isRole, judgePermissions } from "../role-permissions.ts";
import { settings } from "../settings.ts";

const name = "decoy-role-permissions";

const { configSchema, read } = settings(name, { bridgedDecoys: bridgeSettings.bridgedDecoys });

/** The name of a role says little: where the program declares it, its permissions are known. */
export const decoyRolePermissions: StackValidationPolicy = {
  name,
  displayName: "Decoy role permissions",
  description: "A role that a decoy client holds must carry no administrative permission.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remediationSteps: "Remove the permission from the role, or give the decoy a role of its own without it.",
  url: documentation(name),
  configSchema,
  validateStack: (args, reportViolation) => {
    const declaration = read(args);
    const roles = args.resources.filter(isRole);
    const judgeDecoy = (decoy: PolicyResource, title: string): void => {
      const names = new Set<string>();
      const judgeRole = (role: PolicyResource) => () => {
        if (!holds(decoy, names, role)) return;
        judgePermissions(role, (permission) => {
          const rule = administrativePermission(permission);
          if (rule !== undefined)
            reportViolation(
              `${title} must not hold the permission "${permission}" of the role "${role.name}": ${rule.reason} (${rule.url}). Remove the permission from the role, or the role from the decoy.`,
              decoy.urn,
            );
        });
      };
      judgeEach([
        () =>
          judgeElements(property(decoy.props, "roles"), (assignment) => {
            const role = roleName(assignment);
            if (role !== undefined) names.add(role.toLowerCase());
          }),
        ...roles.map(judgeRole),
      ]);
    };
    judgeEach(
      args.resources.map((resource) => () => {
        const client = oauthClientOf(resource, declaration);
        if (client?.decoy) judgeDecoy(resource, client.title);
      }),
    );
  },
};
