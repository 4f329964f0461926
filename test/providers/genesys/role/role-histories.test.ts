import fc from "fast-check";
import type { RoleInputs, RoleOutputs } from "../../../../providers/genesys/role/role-body.ts";
import { createRoleProvider } from "../../../../providers/genesys/role/role-provider.ts";
import { proveHistories, type World } from "../../histories/history.ts";
import { startOrganisation } from "../organisation.ts";

const owner = "guard:acme/credentials/prod/reader~0a1b2c3d";
const permission = fc.constantFrom(
  "routing:queue:view",
  "routing:queue:edit",
  "directory:user:view",
  "a:b:*",
);

const declarations = fc.record(
  {
    owner: fc.constant(owner),
    name: fc.constantFrom("Reader", "Auditor", "Planner"),
    description: fc.constantFrom("Reads", "Reads more"),
    permissions: fc.uniqueArray(permission, { maxLength: 3 }),
  },
  { requiredKeys: ["owner", "name", "permissions"] },
) as fc.Arbitrary<RoleInputs>;

const start = async (): Promise<World<RoleInputs, RoleOutputs>> => {
  const { world, faults, session, close } = await startOrganisation();
  const others = new Set(world.roles.all().map(({ id }) => id));
  let made = 0;
  return {
    faults,
    close,
    host: () => {
      const shared = session();
      return createRoleProvider(() => shared);
    },
    drift: (id, choice) => {
      if (!world.roles.has(id)) return;
      const drifts = [
        () => world.deleteRole(id),
        () => world.roles.edit(id, { name: `Renamed ${choice}` }),
        () => world.roles.edit(id, { description: "Edited by hand" }),
        () => world.roles.edit(id, { permissions: ["routing:skill:view"] }),
        () =>
          world.roles.edit(id, {
            permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["view", "delete"] }],
          }),
      ];
      drifts[choice % drifts.length]?.();
    },
    existing: (inputs) => {
      made += 1;
      const { id } = world.addRole(`By hand ${made}`, []);
      return { id, inputs: { ...inputs, adoptId: id } };
    },
    actual: (id) => {
      const role = world.roles.get(id);
      return (
        role && {
          roleId: id,
          name: role.name,
          marker: role.description?.split(" ").at(-1),
          permissions: role.permissionPolicies
            .flatMap(({ domain, entityName, actionSet = [] }) =>
              actionSet.map((action) => `${domain}:${entityName}:${action}`),
            )
            .concat(role.permissions)
            .sort(),
        }
      );
    },
    living: () =>
      world.roles
        .all()
        .map(({ id }) => id)
        .filter((id) => !others.has(id)),
  };
};

proveHistories("whatever happens to a role, one deployment puts it right", { declarations, start });
