import type { ResourceValidationPolicy } from "@pulumi/policy";
import { administrativeRoleName } from "../../core/permissions/roles.ts";
import { administrativeScope } from "../../core/permissions/scopes.ts";
import { documentation } from "../documentation.ts";
import { judgeEach, judgeElements, property, text } from "../inputs.ts";
import { bridgeSettings, oauthClientOf, roleName } from "../oauth-clients.ts";
import { settings } from "../settings.ts";

const name = "decoy-privilege";

const { configSchema, read } = settings(name, { bridgedDecoys: bridgeSettings.bridgedDecoys });

/** Whoever takes the bait gets what it may do: that must be nothing worth having. */
export const decoyPrivilege: ResourceValidationPolicy = {
  name,
  displayName: "Decoy privilege",
  description: "A decoy client must hold no administrative role and no administrative scope.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remediationSteps:
    "Give the decoy a role of its own that can look at something dull, such as routing:queue:view, or a scope that ends in :readonly.",
  url: documentation(name),
  configSchema,
  validateResource: (args, reportViolation) => {
    const client = oauthClientOf(args, read(args));
    if (!client?.decoy) return;
    judgeEach([
      () =>
        judgeElements(property(client.inputs, "roles"), (assignment) => {
          const role = roleName(assignment);
          const rule = role === undefined ? undefined : administrativeRoleName(role);
          if (rule !== undefined)
            reportViolation(
              `${client.title} must not hold the role "${role}": ${rule.reason} (${rule.url}). Remove it from roles.`,
            );
        }),
      () =>
        judgeElements(property(client.inputs, client.scopeField), (element) => {
          const scope = text(element);
          const rule = scope === undefined ? undefined : administrativeScope(scope);
          if (rule !== undefined)
            reportViolation(
              `${client.title} must not have the scope "${scope}": ${rule.reason} (${rule.url}). Remove it from ${client.scopeField}.`,
            );
        }),
    ]);
  },
};
