import { spaceCamelCase } from "../../core/camel-case.ts";

test.each([
  ["LegacyCRMSync", "Legacy CRM Sync"],
  ["legacyCrm2Sync", "legacy Crm2 Sync"],
  ["CRM", "CRM"],
  ["Legacy CRM-Sync", "Legacy CRM-Sync"],
  ["", ""],
])("%s reads %s", (name, spaced) => {
  expect(spaceCamelCase(name)).toBe(spaced);
});
