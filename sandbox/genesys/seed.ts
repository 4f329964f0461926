import type { GenesysOptions } from "./options.ts";
import { toPolicies } from "./permissions.ts";
import type { ClientRecord } from "./records.ts";
import type { GenesysWorld } from "./world.ts";

/** The platform's own roles that the organisation starts with; by name and `defaultRoleId`. */
const defaultRoles: readonly (readonly [
  name: string,
  defaultRoleId: string,
  permissions: readonly string[],
])[] = [
  ["employee", "employee", []],
  ["Admin", "admin", ["*:*:*"]],
  ["Master Admin", "masterAdmin", ["*:*:*"]],
  ["Communicate - User", "communicateUser", []],
  [
    "Supervisor",
    "supervisor",
    ["routing:queue:view", "directory:user:view", "analytics:conversationDetail:view"],
  ],
  ["Developer", "developer", ["integrations:integration:view", "integrations:action:view"]],
];

/** The permissions of the deploy client: what the operations of this simulator ask for, and no more. */
const deployPermissions = [
  ...["add", "view", "edit", "delete"].map((action) => `oauth:client:${action}`),
  ...["add", "view", "edit", "delete"].map((action) => `authorization:role:${action}`),
  ...["add", "view", "edit", "delete"].map((action) => `authorization:division:${action}`),
  ...["add", "view", "delete"].map((action) => `authorization:grant:${action}`),
  ...["add", "view", "edit", "delete"].map((action) => `directory:user:${action}`),
  ...["add", "view", "edit", "delete"].map((action) => `routing:queue:${action}`),
  ...["add", "view", "edit", "delete"].map((action) => `integrations:integration:${action}`),
  "directory:organization:admin",
  "audits:audit:view",
  "usage:client:view",
];

export const deployRoleName = "Credential Guard Deployment";

/** Fills a new world: organisation, roles, divisions, one administrator, and the client that deploys. */
export const seedWorld = (world: GenesysWorld, options: GenesysOptions): ClientRecord => {
  world.settings.add({
    id: "authentication",
    multifactorAuthenticationRequired: false,
    domainAllowlistEnabled: false,
    domainAllowlist: [],
    ipAddressAllowlist: [],
    passwordRequirements: { minimumLength: 12, minimumDigits: 1, minimumLetters: 1, minimumSpecials: 1 },
    inactivityTimeoutExclusions: [],
    universalLogout: false,
  });
  const home = world.divisions.add({
    id: world.newId(),
    name: "Home",
    description: "Home Division",
    homeDivision: true,
  });
  for (const name of options.divisions ?? []) {
    world.divisions.add({ id: world.newId(), name, description: "", homeDivision: false });
  }
  for (const [name, defaultRoleId, permissions] of defaultRoles) {
    world.roles.add({
      id: world.newId(),
      name,
      defaultRoleId,
      permissions: [],
      permissionPolicies: toPolicies(permissions),
    });
  }
  for (const { name, permissionPolicies } of options.roles ?? []) world.addRole(name, permissionPolicies);
  world.addRole(deployRoleName, toPolicies(deployPermissions));
  const administrator = world.roleNamed("Admin")?.id ?? "";
  const admin = world.addUser({
    name: "Ada Administrator",
    email: "ada@sandbox-insurance.example",
    grants: [world.grant(administrator, home.id)],
  });
  world.adminId = admin.id;
  const deployClient = world.addClient({
    name: "Credential Guard Deployment",
    grants: world.roles
      .all()
      .filter(({ name }) => name !== "Admin" && name !== "Master Admin")
      .map(({ id }) => world.grant(id, "*")),
  });
  world.markPristine();
  return deployClient;
};
