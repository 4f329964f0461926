import * as v from "valibot";
import type { DomainOrganizationRole, DomainOrganizationRoleCreate } from "../../../apis/genesys/api.ts";
import { marker, readMarker, stripMarker, withMarker } from "../../../core/marker.ts";
import { type InputsOf, inputRules } from "../../dynamic/check.ts";
import { present } from "../../dynamic/present.ts";
import { permissionsOf, policiesOf } from "./role-permissions.ts";

export const roleRules = inputRules({
  entries: {
    owner: v.string(),
    name: v.pipe(
      v.string(),
      v.regex(/^\S(?:.*\S)?$/s, "It must not be empty, nor begin or end with a blank"),
    ),
    description: v.optional(
      v.pipe(
        v.string(),
        v.check(
          (description) => readMarker(description) === undefined,
          "It must not end like the marker that this program appends",
        ),
      ),
    ),
    permissions: v.array(
      v.pipe(
        v.string(),
        v.regex(
          /^[\w-]+:(?:[\w-]+|\*):(?:[\w-]+|\*)$/,
          "It must be written domain:entity:action, where entity and action may be *",
        ),
      ),
    ),
    adoptId: v.optional(v.pipe(v.string(), v.nonEmpty("It must not be empty"))),
  },
  examples: {
    owner: "guard:acme/credentials/prod/crm-reader~0a1b2c3d",
    name: "CRM Reader",
    description: "Reads queues for the CRM",
    permissions: ["routing:queue:view"],
    adoptId: "5f1c7b2e-0b0d-4c53-9a86-1f0b6c1d2e3f",
  },
});

export type RoleInputs = InputsOf<typeof roleRules> & { token: string };

export interface RoleOutputs extends RoleInputs {
  roleId: string;
  /** The marker that the role carries on the platform; absent if somebody took it away. */
  marker?: string;
  /**
   * Whether the deploying client was given the role, without which it may give it to nobody; false where it lacks
   * the permission to do so. Absent while that is unfinished.
   */
  givenToDeployer?: boolean;
}

/** The older list of permissions is emptied, so that the policies say everything. */
export const requestBody = (inputs: RoleInputs): DomainOrganizationRoleCreate => ({
  name: inputs.name,
  description: withMarker(inputs.description, inputs.owner, inputs.token),
  permissions: [],
  permissionPolicies: policiesOf(inputs.permissions),
});

/** The outputs that describe a role as the platform has it. */
export const describeRole = (
  role: DomainOrganizationRole,
  { owner, token, adoptId }: RoleInputs,
): RoleOutputs => {
  const found = readMarker(role.description);
  return present({
    owner,
    token,
    adoptId,
    name: role.name,
    description: stripMarker(role.description),
    permissions: permissionsOf(role),
    roleId: role.id,
    marker: found === undefined ? undefined : marker(found.prefix, found.token),
  }) as RoleOutputs;
};
