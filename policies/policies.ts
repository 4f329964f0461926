import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { clientAllowlist } from "./rules/client-allowlist.ts";
import { clientTokenLifetime } from "./rules/client-token-lifetime.ts";
import { dataActionAuthentication } from "./rules/data-action-authentication.ts";
import { decoyName } from "./rules/decoy-name.ts";
import { decoyPrivilege } from "./rules/decoy-privilege.ts";
import { decoyRolePermissions } from "./rules/decoy-role-permissions.ts";
import { decoyTokenLifetime } from "./rules/decoy-token-lifetime.ts";
import { decoyVisibility } from "./rules/decoy-visibility.ts";
import { decoyWithoutAllowlist } from "./rules/decoy-without-allowlist.ts";
import { eventTopics } from "./rules/event-topics.ts";
import { organisationAllowlist } from "./rules/organisation-allowlist.ts";
import { protectProduction } from "./rules/protect-production.ts";
import { rotationInterval } from "./rules/rotation-interval.ts";
import { trapUserGrants } from "./rules/trap-user-grants.ts";
import { trapUserIsolation } from "./rules/trap-user-isolation.ts";

/** Every policy of the pack. Loading it starts no server: that is for `pack.ts`. */
export const policies: (ResourceValidationPolicy | StackValidationPolicy)[] = [
  decoyTokenLifetime,
  decoyPrivilege,
  decoyRolePermissions,
  decoyWithoutAllowlist,
  decoyVisibility,
  decoyName,
  trapUserIsolation,
  trapUserGrants,
  clientAllowlist,
  organisationAllowlist,
  clientTokenLifetime,
  rotationInterval,
  eventTopics,
  dataActionAuthentication,
  protectProduction,
];
