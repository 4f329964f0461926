import { unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bridgedClient, bucket, decoyClient, oauthClient } from "../resources.ts";

describePolicy("decoy-privilege", {
  fires: {
    "administrative roles": {
      resources: [
        decoyClient(
          {
            roles: [
              { role: "Legacy Reader" },
              { role: "Master Admin" },
              { role: "Telephony Admin", division: "*" },
            ],
          },
          { name: "legacy-crm-sync" },
        ),
      ],
      says: [
        'The decoy client "legacy-crm-sync" must not hold the role "Master Admin": it is a default role of the platform that administers it (https://help.mypurecloud.com/articles/about-roles-permissions/). Remove it from roles.',
        'must not hold the role "Telephony Admin"',
      ],
    },
    "administrative scopes": {
      resources: [decoyClient({ scope: ["users:readonly", "oauth", "*"] })],
      says: [
        'must not have the scope "oauth": it creates and changes credentials (https://help.mypurecloud.com/articles/introduction-to-scopes/). Remove it from scope.',
        'must not have the scope "*"',
      ],
    },
    "administrative scopes of a bridged decoy": {
      config: { bridgedDecoys: ["legacy"] },
      resources: [bridgedClient({ scopes: ["authorization"] }, { name: "legacy" })],
      says: ['The decoy client "legacy" must not have the scope "authorization"'],
    },
  },
  passes: {
    "dull roles and scopes": {
      resources: [
        decoyClient({ roles: [{ role: "Legacy Reader" }], scope: ["users:readonly", "routing"] }),
        decoyClient({}),
      ],
    },
    "an ordinary client": {
      resources: [
        oauthClient({ roles: [{ role: "Master Admin" }], scope: ["oauth"] }),
        bridgedClient({ scopes: ["oauth"] }),
      ],
    },
    "a bridged decoy": {
      config: { bridgedDecoys: ["example"] },
      resources: [bridgedClient({ scopes: ["users:readonly"], roles: [{ roleId: "7f1c" }] })],
    },
    "what is neither a role nor a scope": {
      resources: [
        decoyClient({ roles: "Master Admin", scope: [7, null] }),
        decoyClient({ roles: ["Admin", { role: 7 }] }),
      ],
    },
    "what is no client": { resources: [bucket({ scope: ["oauth"] })] },
  },
  unknown: {
    "a role that is not known yet, after the others": {
      resources: [decoyClient({ roles: [{ role: unknownValue }, { role: "admin" }], scope: ["gdpr"] })],
      says: ['the role "admin"', 'the scope "gdpr"'],
    },
    "roles that are not known yet": {
      resources: [decoyClient({ roles: unknownValue, scope: ["gdpr"] })],
      says: ["gdpr"],
    },
    "a scope of a bridged decoy": {
      config: { bridgedDecoys: ["example"] },
      resources: [bridgedClient({ scopes: [unknownValue, "scim"] })],
      says: ["scim"],
    },
  },
});
