import { openWorkplace, type Workplace } from "../workplace.ts";

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace("plugins");
});
afterAll(() => place.close());

describe("types whose provider is a plugin", () => {
  test("are planned without the plugin and without credentials", async () => {
    const { code, json } = await place.guard("preview", "--json");

    expect(code).toBe(0);
    // The stack, the explicit provider, the password, the role and its policy.
    expect(json.changeSummary).toEqual({ create: 5 });
    expect(json.diagnostics?.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^aws: planned without its provider plugin/),
        expect.stringMatching(/^random: planned without its provider plugin/),
      ]),
    );
  });

  test("are refused by name when they would be deployed, before anything is called or recorded", async () => {
    const { code, text } = await place.guard("up", "--yes");

    expect(code).toBe(1);
    expect(text).toContain(
      "provider plugins (aws:iam/role:Role, aws:iam/rolePolicy:RolePolicy, random:index/randomPassword:RandomPassword)",
    );
    expect(() => place.deployment()).toThrow();
  });
});
