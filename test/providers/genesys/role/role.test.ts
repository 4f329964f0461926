import fc from "fast-check";
import { ConflictError } from "../../../../apis/genesys/errors.ts";
import { PartialFailure } from "../../../../providers/dynamic/partial.ts";
import { unknown } from "../../../../providers/dynamic/provider.ts";
import {
  createOauthClientProvider,
  type OauthClientInputs,
} from "../../../../providers/genesys/client/oauth-client-provider.ts";
import {
  NameTakenError,
  NotAdoptableError,
  OutcomeUnknownError,
} from "../../../../providers/genesys/errors.ts";
import type { RoleInputs, RoleOutputs } from "../../../../providers/genesys/role/role-body.ts";
import { permissionsOf, policiesOf } from "../../../../providers/genesys/role/role-permissions.ts";
import { createRoleProvider } from "../../../../providers/genesys/role/role-provider.ts";
import type { GenesysOptions } from "../../../../sandbox/genesys/index.ts";
import { ResourceUnderEngine } from "../../histories/engine.ts";
import { type Organisation, startOrganisation } from "../organisation.ts";

const route = "/api/v2/authorization/roles";
const owner = "guard:acme/credentials/prod/reader~0a1b2c3d";
const declare = (args: object = {}): RoleInputs =>
  ({ owner, name: "CRM Reader", permissions: ["routing:queue:view"], ...args }) as RoleInputs;

let organisation: Organisation;
const start = async (options: GenesysOptions = {}) => {
  organisation = await startOrganisation(options);
  return organisation;
};
afterEach(() => organisation.close());

const host = () => {
  const session = organisation.session();
  return createRoleProvider(() => session);
};
const deploy = async (args: object = {}) => {
  const resource = new ResourceUnderEngine<RoleInputs, RoleOutputs>();
  await resource.up(host(), declare(args));
  const { id } = resource.state ?? {};
  if (id === undefined) throw new Error("not deployed");
  return { resource, id, role: () => organisation.world.roles.get(id) };
};
const own = () =>
  organisation.world.roles.all().filter(({ description = "" }) => description.includes("guard:acme"));

describe("check", () => {
  test.each([
    ["a permission without an action", { permissions: ["routing:queue"] }, "permissions[0]"],
    ["a domain that is a wildcard", { permissions: ["*:*:*"] }, "permissions[0]"],
    ["a blank at the end of the name", { name: "CRM " }, "name"],
    ["a description that ends in a marker", { description: "x guard:a/b/c/d#1" }, "description"],
    ["no permissions at all", { permissions: undefined }, "permissions"],
  ])("refuses %s", async (_what, args, property) => {
    await start();
    const { failures } = await host().check({}, declare(args));
    expect(failures.map((failure) => failure.property)).toEqual([property]);
  });

  test.each([
    ["an empty list", { permissions: [] }],
    ["a wildcard for entities and actions", { permissions: ["routing:*:*"] }],
    ["unknown permissions", { permissions: [unknown] }],
  ])("accepts %s", async (_what, args) => {
    await start();
    expect((await host().check({}, declare(args))).failures).toEqual([]);
  });
});

describe("permissions", () => {
  const word = fc.constantFrom("routing", "queue", "view", "edit", "user", "*");
  const permission = fc.tuple(word, word, word).map((parts) => parts.join(":"));

  test("become policies, one for each domain and entity, and come back", () => {
    fc.assert(
      fc.property(fc.array(permission), (permissions) => {
        const policies = policiesOf(permissions);
        expect(permissionsOf({ permissionPolicies: policies })).toEqual([...new Set(permissions)].sort());
        const keys = policies.map(({ domain, entityName }) => `${domain}:${entityName}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { seed: 3 },
    );
  });

  test("include those of the older list", () => {
    expect(
      permissionsOf({ permissions: ["b"], permissionPolicies: [{ domain: "a", entityName: "a" }] }),
    ).toEqual(["b"]);
  });
});

describe("a role", () => {
  test("lives from create to delete, renamed in place", async () => {
    await start();
    const { resource, id, role } = await deploy({ description: "Reads" });
    expect(role()).toMatchObject({
      name: "CRM Reader",
      permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["view"] }],
    });
    await resource.refresh(host());
    expect(await resource.changes(host(), declare({ description: "Reads" }))).toBe(false);
    await resource.up(
      host(),
      declare({ name: "CRM Viewer", permissions: ["routing:queue:view", "directory:user:view"] }),
    );
    expect(resource.state?.id).toBe(id);
    expect(own()).toMatchObject([{ name: "CRM Viewer" }]);
    await resource.destroy(host());
    expect(own()).toEqual([]);
  });

  test("is given to the client that deploys, which may then give it on, even before the platform knows", async () => {
    const { world } = await start({ lag: { permissionChecks: 5 } });
    const session = organisation.session();
    const roles = createRoleProvider(() => session);
    const clients = createOauthClientProvider(() => session);
    const { inputs: role } = await roles.check({}, declare());
    await roles.create(role);
    const { inputs: client } = await clients.check({}, {
      owner: `${owner}x`,
      name: "CRM Integration",
      roles: [{ role: "CRM Reader" }],
    } as OauthClientInputs);
    const { id } = await clients.create(client);
    expect(world.clients.get(id)?.grants).toMatchObject([{ roleId: world.roleNamed("CRM Reader")?.id }]);
  });

  test("waits no longer than five minutes for a permission to count", async () => {
    await start({ lag: { permissionChecks: 1000 } });
    const session = organisation.session();
    const roles = createRoleProvider(() => session);
    const clients = createOauthClientProvider(() => session);
    await roles.create((await roles.check({}, declare())).inputs);
    const { inputs } = await clients.check({}, {
      owner: `${owner}x`,
      name: "CRM Integration",
      roles: [{ role: "CRM Reader" }],
    } as OauthClientInputs);
    await expect(clients.create(inputs)).rejects.toThrow(/does not hold every role/);
  });

  test("is kept, with a warning, where the deploying client may not give itself roles", async () => {
    const { world, credentials, warnings } = await start();
    const deployRole = world.roles.find(({ name }) => name === "Credential Guard Deployment");
    world.roles.edit(deployRole?.id ?? "", {
      permissionPolicies: (deployRole?.permissionPolicies ?? []).filter(
        ({ entityName }) => entityName !== "grant",
      ),
    });
    const { resource } = await deploy();
    expect(resource.state?.outputs.givenToDeployer).toBe(false);
    expect(warnings).toEqual([
      expect.stringMatching(/not given to the deploying client.*authorization:grant:add/),
    ]);
    await resource.refresh(host());
    expect(await resource.changes(host(), declare())).toBe(false);
    expect(world.clients.get(credentials.clientId)?.grants).not.toContainEqual(
      expect.objectContaining({ roleId: resource.state?.id }),
    );
  });

  test("is kept as unfinished where it could not be given, and given by the next run", async () => {
    const { faults, world, credentials } = await start();
    faults.add({
      route: "/api/v2/authorization/subjects/{subjectId}/bulkadd",
      fault: { kind: "status", status: 503 },
    });
    const resource = new ResourceUnderEngine<RoleInputs, RoleOutputs>();
    await expect(resource.up(host(), declare())).rejects.toThrow(PartialFailure);
    faults.clear();
    await resource.refresh(host());
    await resource.up(host(), declare());
    expect(world.clients.get(credentials.clientId)?.grants).toContainEqual(
      expect.objectContaining({ roleId: resource.state?.id }),
    );
  });

  test("whose name is taken names the role that has it", async () => {
    const { world } = await start();
    const other = world.addRole("crm reader");
    const refused = deploy();
    await expect(refused).rejects.toThrow(NameTakenError);
    await expect(refused).rejects.toThrow(other.id);
  });

  test("whose name is taken by a role that no list shows yet is told of the conflict", async () => {
    const { world } = await start({ lag: { lists: 20 } });
    world.addRole("CRM Reader");
    await expect(deploy()).rejects.toThrow(ConflictError);
  });

  test("is found where the answer was lost", async () => {
    const { faults } = await start();
    faults.add({ method: "POST", route, fault: { kind: "dropAfter" }, times: 1 });
    const { id } = await deploy();
    expect(own().map((role) => role.id)).toEqual([id]);
  });

  test("is made once where its answer and its listing are late, whatever it is called in the next run", async () => {
    const { faults, world } = await start({ lag: { lists: 20 } });
    const settle = () => {
      for (let i = 0; i < 20; i += 1) world.roles.list();
    };
    settle();
    faults.add({ method: "POST", route, fault: { kind: "dropAfter" }, times: 1 });
    await expect(deploy()).rejects.toThrow(OutcomeUnknownError);
    settle();
    await deploy({ name: "CRM Viewer" });
    expect(own()).toMatchObject([{ name: "CRM Viewer" }]);
  });

  test("keeps one of several that broken runs left behind", async () => {
    const { world } = await start();
    world.roles.edit(world.addRole("Old").id, { description: `${owner}#1` });
    world.roles.edit(world.addRole("Older").id, { description: `${owner}#2` });
    const { id } = await deploy();
    expect(own().map((role) => role.id)).toEqual([id]);
  });

  test("is left alone where another creation of the resource has taken it over", async () => {
    const { world, warnings } = await start();
    const { resource, id } = await deploy();
    world.roles.edit(id, { description: `${owner}#another` });
    await resource.destroy(host());
    expect(world.roles.has(id)).toBe(true);
    expect(warnings).toEqual([expect.stringContaining("taken over")]);
  });

  test("that a read does not show yet is deleted all the same", async () => {
    await start({ lag: { gets: 3 } });
    const { resource, role } = await deploy();
    await resource.destroy(host());
    expect(role()).toBeUndefined();
  });

  test("that is gone reads as gone, and its deletion as done", async () => {
    const { world } = await start();
    const { resource, id } = await deploy();
    world.deleteRole(id);
    await resource.destroy(host());
    const again = await deploy();
    world.deleteRole(again.id);
    await again.resource.refresh(host());
    expect(again.resource.state).toBeUndefined();
  });
});

describe("adoptId", () => {
  test("takes over a custom role", async () => {
    const { world } = await start();
    const before = world.addRole("By hand", [{ domain: "a", entityName: "b", actionSet: ["c"] }]);
    const { id } = await deploy({ adoptId: before.id });
    expect(id).toBe(before.id);
    expect(world.roles.get(id)).toMatchObject({
      name: "CRM Reader",
      permissionPolicies: [{ domain: "routing" }],
    });
  });

  test.each([
    ["is not there", () => "gone", /no such role/],
    ["is the platform's own", () => organisation.world.roleNamed("Supervisor")?.id ?? "", /default role/],
    [
      "belongs to another resource",
      () => {
        const { id } = organisation.world.addRole("Other");
        return organisation.world.roles.edit(id, { description: "guard:a/b/c/d#1" }).id;
      },
      /another resource/,
    ],
  ])("is refused where the role %s", async (_what, adoptId, message) => {
    await start();
    const refused = deploy({ adoptId: adoptId() });
    await expect(refused).rejects.toThrow(NotAdoptableError);
    await expect(refused).rejects.toThrow(message);
  });
});
