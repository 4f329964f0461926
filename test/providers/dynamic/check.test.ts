import * as v from "valibot";
import { checkInputs, inputRules } from "../../../providers/dynamic/check.ts";
import { unknown } from "../../../providers/dynamic/provider.ts";

const rules = inputRules({
  entries: {
    name: v.pipe(v.string(), v.nonEmpty("It must not be empty")),
    seconds: v.optional(
      v.pipe(v.number(), v.minValue(300, "It must be at least 300 seconds"), v.maxValue(3600)),
      300,
    ),
    roles: v.optional(
      v.pipe(
        v.array(v.strictObject({ role: v.string(), division: v.optional(v.string()) })),
        v.minLength(1, "It must name a role"),
      ),
    ),
    password: v.optional(v.pipe(v.string(), v.regex(/^.{12,}$/, "It must be 12 characters or more"))),
  },
  examples: { name: "CRM", seconds: 300, roles: [{ role: "CRM Reader" }], password: "(12 characters)" },
  secrets: ["password"],
  across: ({ name, roles }) =>
    name === "Lonely" && roles !== undefined
      ? [{ property: "roles", reason: "A lonely one has no roles." }]
      : [],
});
const check = (inputs: object) => checkInputs(rules, inputs);

describe("checkInputs", () => {
  test("fills defaults, drops what is absent and keeps the text of the shim", () => {
    expect(check({ name: "CRM", roles: null, password: undefined, __provider: "text" })).toEqual({
      inputs: { name: "CRM", seconds: 300, __provider: "text" },
      failures: [],
    });
  });

  test("reports every mistake at once, each with its path and an example", () => {
    const password = "x".repeat(5);
    expect(
      check({
        seconds: 20,
        roles: [{ role: "A" }, { role: 7 }, { rolle: "B" }],
        password,
        nmae: "CRM",
      }).failures,
    ).toEqual([
      { property: "name", reason: 'It is missing: for example "CRM".' },
      { property: "seconds", reason: "It must be at least 300 seconds, not 20: for example 300." },
      { property: "roles[1].role", reason: 'It must be string, not 7: for example [{"role":"CRM Reader"}].' },
      { property: "roles[2].role", reason: 'It is missing: for example [{"role":"CRM Reader"}].' },
      {
        property: "roles[2].rolle",
        reason: 'There is no such property: for example [{"role":"CRM Reader"}].',
      },
      { property: "password", reason: 'It must be 12 characters or more: for example "(12 characters)".' },
      {
        property: "nmae",
        reason: "There is no such property: the properties are name, seconds, roles, password.",
      },
    ]);
  });

  test.each([
    ["a text", { name: unknown }],
    ["a number", { name: "CRM", seconds: unknown }],
    ["a list", { name: "CRM", roles: unknown }],
    ["an element", { name: "CRM", roles: [unknown] }],
    ["a property of an element", { name: "CRM", roles: [{ role: "A", division: unknown }] }],
  ])("lets an unknown value pass in place of %s", (_place, inputs) => {
    expect(check(inputs)).toEqual({ inputs: { seconds: 300, ...inputs }, failures: [] });
  });

  test("applies the rules over several properties", () => {
    expect(check({ name: "Lonely", roles: [{ role: "A" }] }).failures).toEqual([
      { property: "roles", reason: "A lonely one has no roles." },
    ]);
  });
});
