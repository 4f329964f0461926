import type { Models } from "purecloud-platform-client-v2";
import { badRequest, conflict, notFound, PlatformError } from "./errors.ts";
import { type Fields, fieldNames, fieldsOf } from "./fields.ts";
import { fitsName } from "./name-pattern.ts";
import { pageOf } from "./paging.ts";
import { anyOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";
import type { RoleRecord } from "./records.ts";

/**
 * Roles.
 *
 * Verified: the body, the paths, the permissions (SDK 262), `permissionPolicies` beside the older `permissions`.
 * Assumed: that a name is unique (409 `general.conflict`), that a default role can be neither changed nor deleted
 * (400 `cannot.modify.default.role`), that deleting a role takes its grants away.
 */
const path = "/api/v2/authorization/roles";
const requestFields = fieldNames<Models.DomainOrganizationRoleCreate>({
  id: true,
  name: true,
  description: true,
  defaultRoleId: true,
  permissions: true,
  unusedPermissions: true,
  permissionPolicies: true,
  userCount: true,
  roleNeedsUpdate: true,
  baseLicense: true,
  addonLicenses: true,
  dateLicenseLastUpdated: true,
  default: true,
  base: true,
  selfUri: true,
});

export const roleOperations: Operations = {
  [`GET ${path}`]: {
    permissions: anyOf("authorization:role:view"),
    run: (call) => {
      const { query } = call.request;
      const names = query.getAll("name");
      const ids = query.getAll("id").flatMap((id) => id.split(","));
      if (ids.length > 100) {
        throw new PlatformError(400, "max.role.ids", "Only 100 roles can be requested at a time.");
      }
      const roles = call.world.roles
        .list()
        .filter((role) => names.length === 0 || names.some((name) => fitsName(role.name, name)))
        .filter((role) => ids.length === 0 || ids.includes(role.id))
        .map((role) => toRole(call, role));
      return { status: 200, body: pageOf(roles, query, path) };
    },
  },
  [`POST ${path}`]: {
    permissions: anyOf("authorization:role:add"),
    run: (call) => {
      const fields = fieldsOf(call, requestFields);
      const name = fields.requiredString("name");
      refuseTakenName(call, name);
      const role = call.world.roles.add({ id: call.world.newId(), ...read(fields, name) }, call.by);
      return { status: 200, body: toRole(call, role) };
    },
  },
  [`GET ${path}/{roleId}`]: {
    permissions: anyOf("authorization:role:view"),
    run: (call) => {
      const role = call.world.roles.read(call.param("roleId"));
      if (role === undefined) throw notFound(call.param("roleId"));
      return { status: 200, body: toRole(call, role) };
    },
  },
  [`PUT ${path}/{roleId}`]: {
    permissions: anyOf("authorization:role:edit"),
    run: (call) => {
      const current = changeable(call);
      const fields = fieldsOf(call, requestFields);
      const name = fields.requiredString("name");
      if (name !== current.name) refuseTakenName(call, name);
      const next = { description: undefined, ...read(fields, name) } as Partial<RoleRecord>;
      return { status: 200, body: toRole(call, call.world.roles.edit(current.id, next, call.by)) };
    },
  },
  [`DELETE ${path}/{roleId}`]: {
    permissions: anyOf("authorization:role:delete"),
    run: (call) => {
      call.world.deleteRole(changeable(call).id, call.by);
      return { status: 204 };
    },
  },
};

const changeable = (call: ApiCall): RoleRecord => {
  const id = call.param("roleId");
  const role = call.world.roles.get(id);
  if (role === undefined) throw notFound(id);
  if (role.defaultRoleId !== undefined) {
    throw new PlatformError(
      400,
      "cannot.modify.default.role",
      `The default role ${role.name} cannot be modified.`,
    );
  }
  return role;
};

const refuseTakenName = (call: ApiCall, name: string): void => {
  const taken = call.world.roles.find((role) => role.name.toLowerCase() === name.toLowerCase());
  if (taken !== undefined) throw conflict(`A role with the name ${name} already exists.`);
};

const read = (fields: Fields, name: string): Omit<RoleRecord, "id"> => {
  const description = fields.string("description");
  return {
    name,
    ...(description === undefined ? {} : { description }),
    permissions: fields.strings("permissions") ?? [],
    permissionPolicies: (fields.objects("permissionPolicies") ?? []).map((policy) => {
      const actionSet = policy.strings("actionSet") ?? [];
      if (actionSet.length === 0) throw badRequest("A permission policy needs an actionSet.");
      return {
        ...policy.except([]),
        domain: policy.requiredString("domain"),
        entityName: policy.requiredString("entityName"),
        actionSet,
      };
    }),
  };
};

const toRole = (call: ApiCall, role: RoleRecord): Models.DomainOrganizationRole => ({
  id: role.id,
  name: role.name,
  ...(role.description === undefined ? {} : { description: role.description }),
  ...(role.defaultRoleId === undefined ? {} : { defaultRoleId: role.defaultRoleId }),
  permissions: role.permissions,
  permissionPolicies: role.permissionPolicies,
  userCount: call.world.users.count(({ grants }) => grants.some(({ roleId }) => roleId === role.id)),
  roleNeedsUpdate: false,
  default: role.defaultRoleId !== undefined,
  base: false,
  selfUri: `${path}/${role.id}`,
});
