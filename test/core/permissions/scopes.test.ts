import { administrativeScope, isAdministrativeScope } from "../../../core/permissions/scopes.ts";

const reasons: [scope: string, reason: string][] = [
  ["authorization", "it grants roles and changes divisions"],
  ["billing", "it spends the organisation's money"],
  ["gdpr", "it exports or erases personal data"],
  ["groups", "it changes who belongs to a group and so holds its roles"],
  ["identity-providers", "it changes who may sign in"],
  ["infrastructureascode", "it changes every kind of configuration"],
  ["integrations", "it makes the platform call outside systems"],
  ["oauth", "it creates and changes credentials"],
  ["organization", "it administers the organisation"],
  ["organization-authorization", "it opens the organisation to others"],
  ["process-automation", "it starts workflows on events"],
  ["scim", "it creates and changes users"],
  ["users", "it creates users and sets their passwords"],
];

test.each(reasons)("%s is administrative because %s; reading it is not", (scope, reason) => {
  expect(administrativeScope(scope)).toEqual({
    pattern: scope,
    reason,
    url: "https://help.mypurecloud.com/articles/introduction-to-scopes/",
  });
  expect(isAdministrativeScope(` ${scope.toUpperCase()} `)).toBe(true);
  expect(isAdministrativeScope(`${scope}:readonly`)).toBe(false);
});

test("audits are administrative even to read", () => {
  const reason = "it reads the record in which an intruder would be seen";
  expect(administrativeScope("audits")?.reason).toBe(reason);
  expect(administrativeScope("Audits:Readonly")).toEqual(
    expect.objectContaining({ pattern: "audits:readonly", reason }),
  );
});

test.each(["*", "", " ", "users*", "routing:*"])("%j counts as every scope", (scope) => {
  expect(administrativeScope(scope)).toEqual({
    pattern: "*",
    reason: "a wildcard grants what administers as well",
    url: "https://help.mypurecloud.com/articles/introduction-to-scopes/",
  });
});

test.each([
  "routing",
  "routing:readonly",
  "users:readonly",
  "conversations",
  "analytics",
  "constructor",
  "users-rules",
  "readonly",
])("%s is not administrative", (scope) => {
  expect(isAdministrativeScope(scope)).toBe(false);
});
