import { type Configuration, configurations, startCaller, stopCallers } from "./caller.ts";
import { assumed, sources, verified } from "./marks.ts";

afterEach(stopCallers);

const setting = (token_type: string, push_protection_setting: string, more = {}) => ({
  custom_pattern_settings: [{ token_type, push_protection_setting, ...more }],
});

describe("push protection of custom patterns", () => {
  verified(
    sources.pushProtection,
    "is switched for a published pattern, under the configuration's version",
    async () => {
      const { call, create, github, publish } = await startCaller();
      const { id } = await create({ name: "n" });
      publish(id);
      const before = await call<Configuration>("GET", configurations);
      expect(before.body.custom_pattern_overrides).toMatchObject([
        { token_type: "cp_1", slug: "n", setting: "not-set", default_setting: "disabled", alert_total: 0 },
      ]);
      const [override] = before.body.custom_pattern_overrides ?? [];
      const { status, body } = await call<Configuration>("PATCH", configurations, {
        pattern_config_version: before.body.pattern_config_version,
        ...setting("cp_1", "enabled", { custom_pattern_version: override?.custom_pattern_version }),
      });
      expect(status).toBe(200);
      expect(github.world.patterns()).toMatchObject([{ pushProtection: "enabled" }]);
      github.world.raiseAlerts(id, 2);
      const after = await call<Configuration>("GET", configurations);
      expect(after.body).toMatchObject({
        pattern_config_version: body.pattern_config_version,
        custom_pattern_overrides: [{ setting: "enabled", alert_total: 2, alert_total_percentage: 100 }],
      });
    },
  );

  verified(sources.pushProtection, "a stale version is refused with 409", async () => {
    const { call, create, publish } = await startCaller();
    publish((await create({ name: "n" })).id);
    const stale = { pattern_config_version: "old", ...setting("cp_1", "enabled") };
    expect((await call("PATCH", configurations, stale)).status).toBe(409);
    const stalePattern = setting("cp_1", "enabled", { custom_pattern_version: "old" });
    expect((await call("PATCH", configurations, stalePattern)).status).toBe(409);
  });

  verified(sources.managing, "needs a published pattern", async () => {
    const { call, create } = await startCaller();
    await create({ name: "n" });
    expect((await call("PATCH", configurations, setting("cp_1", "enabled"))).status).toBe(422);
  });

  verified(sources.openapi, "a custom pattern cannot be set back to not-set", async () => {
    const { call, create, publish } = await startCaller();
    publish((await create({ name: "n" })).id);
    expect((await call("PATCH", configurations, setting("cp_1", "not-set"))).status).toBe(422);
  });

  assumed("an unknown token type is refused, and nothing to do is taken", async () => {
    const { call } = await startCaller();
    expect((await call("PATCH", configurations, setting("cp_9", "enabled"))).status).toBe(422);
    expect((await call("PATCH", configurations, {})).status).toBe(200);
  });

  test.each([
    [true, ["cp_1"]],
    [false, ["cp_2"]],
  ])("the token type is the pattern's id: %s [assumed]", async (tokenTypeIsPatternId, types) => {
    const { call, create, publish } = await startCaller({ switches: { tokenTypeIsPatternId } });
    publish((await create({ name: "n" })).id);
    const { body } = await call<Configuration>("GET", configurations);
    expect(body.custom_pattern_overrides?.map((override) => override.token_type)).toEqual(types);
  });

  test.each([
    [true, ["a", "b"]],
    [false, ["b"]],
  ])("unpublished patterns are listed: %s [assumed]", async (configuresUnpublished, slugs) => {
    const { call, create, publish } = await startCaller({ switches: { configuresUnpublished } });
    await create({ name: "a" });
    publish((await create({ name: "b" })).id);
    const { body } = await call<Configuration>("GET", configurations);
    expect(body.custom_pattern_overrides?.map(({ slug }) => slug)).toEqual(slugs);
  });

  test.each([true, false])(
    "switching changes the pattern's version: %s [assumed]",
    async (settingChangesPatternVersion) => {
      const { create, github, publish } = await startCaller({ switches: { settingChangesPatternVersion } });
      const { id } = await create({ name: "n" });
      publish(id);
      const before = github.world.patterns()[0]?.version;
      github.world.setPushProtectionByHand(id, "disabled");
      expect(github.world.patterns()[0]?.version === before).toBe(!settingChangesPatternVersion);
    },
  );

  test("without versions the overrides carry none [assumed]", async () => {
    const { call, create, publish } = await startCaller({ switches: { reportsVersions: false } });
    publish((await create({ name: "n" })).id);
    const { body } = await call<Configuration>("GET", configurations);
    expect(body.custom_pattern_overrides).toMatchObject([{ custom_pattern_version: null }]);
  });

  verified(sources.pushProtection, "there is no such endpoint for a repository", async () => {
    const { call } = await startCaller();
    const path = "/repos/example-org/example-repo/secret-scanning/pattern-configurations";
    expect((await call("GET", path)).status).toBe(404);
  });
});
