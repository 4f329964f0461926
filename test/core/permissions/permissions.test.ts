import fc from "fast-check";
import {
  administrativePermission,
  isAdministrativePermission,
} from "../../../core/permissions/permissions.ts";
import { proof } from "../../proof.ts";

const administrative = [
  ...["division", "grant", "orgTrustee", "orgTrusteeUser", "orgTrusteeGroup", "policy", "role"].flatMap(
    (entity) => ["add", "edit", "delete"].map((action) => `authorization:${entity}:${action}`),
  ),
  "authorization:settings:edit",
  "directory:organization:admin",
  ...["add", "edit", "delete", "setPassword"].map((action) => `directory:user:${action}`),
  "directory:group:add",
  "directory:group:view",
  ...["add", "edit", "delete", "authorize"].map((action) => `oauth:client:${action}`),
  "oauth:token:delete",
  "sso:provider:add",
  "sso:provider:view",
  "mfa:verifier:edit",
  ...["add", "edit", "delete"].map((action) => `integrations:integration:${action}`),
  ...["add", "edit", "delete", "execute"].map((action) => `integrations:action:${action}`),
  "gdpr:request:add",
  "recording:encryptionKey:edit",
  "externalContacts:export:add",
  "processautomation:trigger:view",
  "billing:subscription:view",
  "audits:audit:view",
  "audits:anything:view",
];

test.each(administrative)("%s is administrative, in any case", (permission) => {
  expect(isAdministrativePermission(permission)).toBe(true);
  expect(isAdministrativePermission(` ${permission.toUpperCase()} `)).toBe(true);
});

test.each([
  "routing:queue:view",
  "directory:user:view",
  "oauth:client:view",
  "oauth:token:view",
  "authorization:role:view",
  "authorization:settings:view",
  "directory:organization:view",
  "integrations:integration:view",
  "integrations:action:view",
  "gdpr:request:view",
  "recording:encryptionKey:view",
  "externalContacts:contact:add",
  "routing:client:add",
  "routing:user:setPassword",
  "analytics:conversationDetail:view",
])("%s is not", (permission) => {
  expect(isAdministrativePermission(permission)).toBe(false);
});

test.each([
  "*",
  "admin",
  "",
  "routing:*:view",
  "routing:queue:*",
  "*:queue:view",
  "routing:queue",
  "routing::view",
  "a:b:c:d",
  ":b:c",
  "a:b:",
  "routing:queue:vi*",
])("%j counts as a wildcard", (permission) => {
  expect(administrativePermission(permission)).toEqual({
    pattern: "*",
    reason: "a wildcard grants what administers as well",
    url: expect.stringContaining("https://"),
  });
});

test("the rule says what it is and where it comes from", () => {
  expect(administrativePermission("authorization:role:edit")).toEqual({
    pattern: "authorization:role:add|edit|delete",
    reason: "the platform counts it as administrative and asks its holders for MFA",
    url: "https://help.mypurecloud.com/?p=402938",
  });
  const reasonOf = (permission: string) => administrativePermission(permission)?.reason;
  expect(reasonOf("directory:organization:admin")).toBe("it administers the organisation");
  expect(reasonOf("directory:user:add")).toBe("it creates or takes over users and groups");
  expect(reasonOf("oauth:client:edit")).toBe("it creates, changes or kills credentials");
  expect(reasonOf("integrations:action:execute")).toBe("it makes the platform call outside systems");
  expect(reasonOf("gdpr:request:add")).toBe("it exports, uncovers or erases personal data");
  expect(reasonOf("billing:subscription:read")).toBe("it spends the organisation's money");
  expect(reasonOf("audits:audit:view")).toBe("it reads the record in which an intruder would be seen");
  expect(administrativePermission("oauth:client:edit")?.url).toMatch(/^https:\/\/github\.com\/MyPureCloud\//);
});

proof(
  "no text throws, and what is no full permission is administrative",
  { quick: 300, full: 10000 },
  (numRuns, seed) => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.string(), { maxLength: 4 }).map((parts) => parts.join(":")),
        ),
        (text) => {
          const full = text.trim().split(":").length === 3;
          if (!full) expect(isAdministrativePermission(text)).toBe(true);
          isAdministrativePermission(text);
        },
      ),
      { numRuns, seed },
    );
  },
);
