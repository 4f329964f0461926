import { unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bridgedClient, bridgedRole, decoyClient, oauthClient, role } from "../resources.ts";

const decoy = decoyClient({ roles: [{ role: "Legacy Reader" }] }, { name: "legacy-crm-sync" });
const harmless = role(
  { name: "Legacy Reader", permissions: ["routing:queue:view"] },
  { name: "legacy-reader" },
);
const harmful = (name: unknown = "Legacy Reader") =>
  role({ name, permissions: ["routing:queue:view", "oauth:client:edit"] }, { name: "legacy-reader" });

describePolicy("decoy-role-permissions", {
  stack: true,
  fires: {
    "a role of the same stack, known by its name": {
      resources: [decoy, harmful()],
      says: [
        /^A role .*\nThe decoy client "legacy-crm-sync" must not hold the permission "oauth:client:edit" of the role "legacy-reader": it creates, changes or kills credentials \(https:.*\)\. Remove the permission from the role, or the role from the decoy\.$/,
      ],
    },
    "a name that differs by case alone": {
      resources: [decoy, harmful("LEGACY reader")],
      says: ["oauth:client:edit"],
    },
    "a role on which the decoy depends": {
      resources: [
        decoyClient({}, { name: "x", dependsOn: { roles: ["legacy-reader"] } }),
        harmful("Another"),
      ],
      says: ["oauth:client:edit"],
    },
    "a permission that is none": {
      resources: [decoy, role({ name: "Legacy Reader", permissions: [7] })],
      says: ['"*"'],
    },
    "a role of the bridged provider": {
      config: { bridgedDecoys: ["legacy"] },
      resources: [
        bridgedClient({ roles: [{ roleId: "7f1c" }] }, { name: "legacy", dependsOn: { roles: ["reader"] } }),
        bridgedRole(
          {
            permissions: ["admin"],
            permissionPolicies: [
              { domain: "authorization", entityName: "role", actionSets: ["view", "edit"] },
              { domain: "routing", actionSet: ["view"] },
              { domain: "routing", entityName: "queue", actionSets: [null] },
            ],
          },
          { name: "reader" },
        ),
      ],
      says: ['"admin"', '"authorization:role:edit"', '"routing:*:view"', '"routing:queue:*"'],
    },
  },
  passes: {
    "a harmless role": { resources: [decoy, harmless] },
    "a harmful role that no decoy holds": { resources: [decoy, harmful("Rotator")] },
    "a harmful role of an ordinary client": {
      resources: [oauthClient({ roles: [{ role: "Legacy Reader" }] }, { name: "x" }), harmful()],
    },
    "a dependency for another reason": {
      resources: [
        decoyClient({}, { name: "x", dependsOn: { description: ["legacy-reader"] } }),
        harmful("Another"),
      ],
    },
    "malformed roles": {
      resources: [
        decoyClient({ roles: [7, { role: null }] }),
        role({ name: 7, permissions: "oauth:client:edit" }),
        role({}),
      ],
    },
    "a bridged decoy with a harmless role": {
      config: { bridgedDecoys: ["legacy"] },
      resources: [
        bridgedClient({}, { name: "legacy", dependsOn: { roles: ["reader"] } }),
        bridgedRole(
          { permissionPolicies: [{ domain: "routing", entityName: "queue", actionSets: ["view"] }] },
          { name: "reader" },
        ),
      ],
    },
    "an empty stack": { resources: [harmful()] },
  },
  unknown: {
    "permissions that are not known yet": {
      resources: [decoy, role({ name: "Legacy Reader", permissions: [unknownValue, "oauth:client:edit"] })],
      says: ["oauth:client:edit"],
    },
    "the name of a role": {
      resources: [decoy, role({ name: unknownValue }, { name: "x" }), harmful()],
      says: ["oauth:client:edit"],
    },
    "one of the decoy's roles": {
      resources: [
        decoyClient({ roles: [{ role: unknownValue }, { role: "Legacy Reader" }] }, { name: "x" }),
        harmful(),
      ],
      says: ["oauth:client:edit"],
    },
    "the permissions of a bridged role": {
      config: { bridgedDecoys: ["legacy"] },
      resources: [
        bridgedClient({}, { name: "legacy", dependsOn: { roles: ["reader"] } }),
        bridgedRole(
          {
            permissions: unknownValue,
            permissionPolicies: [
              { domain: unknownValue, entityName: "role", actionSets: ["edit"] },
              { domain: "gdpr", entityName: "request", actionSets: ["add"] },
            ],
          },
          { name: "reader" },
        ),
      ],
      says: ["gdpr:request:add"],
    },
  },
});
