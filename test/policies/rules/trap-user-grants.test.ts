import { unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bridgedUserRoles, bucket, oauthClient, trapUser } from "../resources.ts";

const trap = trapUser({ name: "System Backup" }, { name: "backup" });

describePolicy("trap-user-grants", {
  stack: true,
  fires: {
    "roles for a trap user": {
      resources: [
        trap,
        bridgedUserRoles({ userId: "7f1c" }, { name: "grants", dependsOn: { userId: ["backup"] } }),
      ],
      says: [
        'The resource "grants" (genesyscloud:index/userRoles:UserRoles) must not give anything to the trap user "backup", but its userId refers to it. Remove the trap user from userId.',
      ],
    },
    "a team with the trap user among its members": {
      resources: [
        trap,
        oauthClient({}, { name: "crm" }),
        {
          type: "genesyscloud:index/team:Team",
          inputs: {},
          name: "team",
          dependsOn: { memberIds: ["crm", "backup"] },
        },
      ],
      says: ["memberIds"],
    },
  },
  passes: {
    "roles for somebody else": {
      resources: [trap, bridgedUserRoles({}, { name: "grants", dependsOn: { userId: ["another"] } })],
    },
    "a rule that watches the trap user": {
      resources: [trap, bucket({}, { name: "rule", dependsOn: { eventPattern: ["backup"] } })],
    },
  },
  unknownElsewhere: {
    "roles for a user whose id is not known yet: the dependency is": {
      resources: [
        trap,
        bridgedUserRoles({ userId: unknownValue }, { name: "grants", dependsOn: { userId: ["backup"] } }),
      ],
      says: ["userId"],
    },
  },
});
