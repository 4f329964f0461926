import {
  administrativeRoleName,
  administrativeRoleNames,
  isAdministrativeRoleName,
} from "../../../core/permissions/roles.ts";

test.each([
  "Admin",
  "admin",
  " ADMIN ",
  "Master Admin",
  "master_admin",
  "Master-Admin",
  "master  admin",
  "MasterAdmin",
  "People Admin",
])("%j is a default role that administers", (name) => {
  expect(administrativeRoleName(name)).toEqual({
    pattern: expect.stringMatching(/^(?:master |people )?admin$/),
    reason: "it is a default role of the platform that administers it",
    url: "https://help.mypurecloud.com/articles/about-roles-permissions/",
  });
});

test.each([
  ["Telephony Admin", "admin"],
  ["TelephonyAdmin", "admin"],
  ["CRM_Administrators", "administrators"],
  ["Administrator", "administrator"],
  ["EU Admins", "admins"],
  ["Superuser", "superuser"],
  ["superusers-emea", "superusers"],
  ["admin2", "admin"],
])("%s says that it administers by %s", (name, word) => {
  expect(administrativeRoleName(name)).toEqual({
    pattern: word,
    reason: `its name says that it administers ("${word}")`,
    url: "https://help.mypurecloud.com/articles/about-roles-permissions/",
  });
});

test.each([
  "employee",
  "Reporting Viewer",
  "Administrative Assistant",
  "Badminton",
  "Badmin7",
  "Product Owner",
  "",
])("%j does not", (name) => {
  expect(isAdministrativeRoleName(name)).toBe(false);
});

test("the listed names are administrative by themselves", () => {
  expect(administrativeRoleNames).toEqual(["admin", "master admin", "people admin"]);
  for (const name of administrativeRoleNames) expect(isAdministrativeRoleName(name)).toBe(true);
});
