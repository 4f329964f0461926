import type { GithubApi, PatternConfigurations } from "../../../apis/github/api.ts";
import { PartialFailure } from "../../../providers/dynamic/partial.ts";
import { unknown } from "../../../providers/dynamic/provider.ts";
import type {
  PushProtectionInputs,
  PushProtectionOutputs,
} from "../../../providers/github/push-protection-provider.ts";
import { configurationsRoute, type Host, publish, startHost } from "./host.ts";

const organization = "example-org";
const declared: PushProtectionInputs = { organization, patternId: "1", setting: "enabled" };
const content = { pattern: "x", startDelimiter: "=", endDelimiter: ";", mustMatch: [], mustNotMatch: [] };

let host: Host;
const start = async (options?: Parameters<typeof startHost>[0], names = ["One", "Two"]) => {
  host = await startHost(options);
  const scope = host.github.world.scope({ organization });
  if (scope === undefined) throw new Error("no such scope");
  for (const name of names) host.github.world.create(scope, name, content);
};
beforeEach(() => start());
afterEach(() => host.github.close());

const settings = () => host.github.world.patterns().map(({ pushProtection }) => pushProtection);
const create = (inputs = declared) => host.run().pushProtection.create(inputs);
const patches = () => host.github.calls.count(`PATCH ${configurationsRoute}`);

describe("check", () => {
  test.each<[string, object, string]>([
    ["no organization", { organization: undefined }, "organization"],
    ["a repository", { organization: "a/b" }, "organization"],
    ["an id that is no number", { patternId: "cp_1" }, "patternId"],
    ["not-set", { setting: "not-set" }, "setting"],
  ])("%s is refused", async (_what, change, property) => {
    const { failures } = await host.run().pushProtection.check({}, { ...declared, ...change });
    expect(failures).toMatchObject([{ property, reason: expect.stringContaining("for example") }]);
  });

  test("an id that is not known yet passes", async () => {
    const inputs = { ...declared, patternId: unknown };
    expect(await host.run().pushProtection.check({}, inputs)).toEqual({ inputs, failures: [] });
  });
});

describe("diff", () => {
  const cases: [string, Partial<PushProtectionOutputs>, Partial<PushProtectionInputs>, boolean, string[]][] =
    [
      ["an unpublished pattern waits", { applied: "not-set", patternState: "unpublished" }, {}, false, []],
      ["a published pattern is due", { applied: "not-set" }, {}, true, []],
      ["what is applied stays", {}, {}, false, []],
      ["what was switched off by hand is due", { applied: "disabled" }, {}, true, []],
      ["another setting is due", {}, { setting: "disabled" }, true, []],
      ["the organization in other letters stays", {}, { organization: "Example-Org" }, false, []],
      ["another pattern replaces", {}, { patternId: "2" }, true, ["patternId"]],
      ["another organization replaces", {}, { organization: "other-org" }, true, ["organization"]],
      ["an unknown pattern replaces", {}, { patternId: unknown }, true, ["patternId"]],
    ];
  test.each(cases)("%s", async (_sentence, old, news, changes, replaces) => {
    const olds: PushProtectionOutputs = {
      ...declared,
      applied: "enabled",
      patternState: "published",
      ...old,
    };
    expect(await host.run().pushProtection.diff("", olds, { ...declared, ...news })).toEqual({
      changes,
      replaces,
    });
    expect(host.github.calls.count()).toBe(0);
  });
});

test("push protection waits for a person to publish, and is on after the next refresh and up", async () => {
  const { id, outs } = await create();
  expect(id).toBe("orgs/example-org/1");
  expect(outs).toEqual({ ...declared, applied: "not-set", patternState: "unpublished" });

  const waiting = await host.run().pushProtection.read(id, outs);
  expect(waiting).toEqual({ id, inputs: declared, props: outs });
  expect(await host.run().pushProtection.update(id, outs, declared)).toEqual({ outs });
  expect(host.github.world.patterns()[0]?.state).toBe("unpublished");
  expect(patches()).toBe(0);

  publish(host.github, 1);
  const { props } = await host.run().pushProtection.read(id, outs);
  if (props === undefined) throw new Error("gone");
  expect(props).toEqual({ ...outs, patternState: "published" });
  expect(await host.run().pushProtection.diff(id, props, declared)).toMatchObject({ changes: true });

  const { outs: applied } = await host.run().pushProtection.update(id, props, declared);
  expect(applied).toEqual({ ...declared, applied: "enabled", patternState: "published" });
  expect(settings()).toEqual(["enabled", "not-set"]);
  expect(await host.run().pushProtection.diff(id, applied, declared)).toMatchObject({ changes: false });
});

describe("switching", () => {
  beforeEach(() => {
    publish(host.github, 1);
    publish(host.github, 2);
  });

  test("takes three calls, two where it is as wanted already", async () => {
    await create();
    expect(host.github.calls.count()).toBe(3);
    host.github.calls.reset();
    await create();
    expect(host.github.calls.count()).toBe(2);
  });

  test("several at once share the version one by one", async () => {
    const { pushProtection } = host.run();
    await Promise.all([
      pushProtection.create(declared),
      pushProtection.create({ ...declared, patternId: "2", setting: "disabled" }),
    ]);
    expect(settings()).toEqual(["enabled", "disabled"]);
    expect(patches()).toBe(2);
  });

  /** Somebody else changes the configurations after each of our first `times` looks. */
  const createAgainst = (times: number) => {
    let left = times;
    const through = (api: GithubApi): GithubApi => ({
      ...api,
      patternConfigurations: {
        ...api.patternConfigurations,
        get: async (name) => {
          const seen = await api.patternConfigurations.get(name);
          const scope = host.github.world.scope({ organization });
          if (left > 0 && scope !== undefined) host.github.world.configure(scope, []);
          left -= 1;
          return seen;
        },
      },
    });
    return host.run({ through }).pushProtection.create(declared);
  };

  test("looks again where somebody else was faster", async () => {
    await createAgainst(2);
    expect(settings()[0]).toBe("enabled");
    expect(patches()).toBe(3);
  });

  test("gives up after the third conflict, and changes nothing", async () => {
    await expect(createAgainst(3)).rejects.toMatchObject({ code: "version-conflict" });
    expect(settings()[0]).toBe("not-set");
    expect(patches()).toBe(3);
  });

  test("is done where the answer is lost after the effect", async () => {
    host.github.faults.add({ fault: { kind: "dropAfter" }, method: "PATCH", times: 1 });
    expect((await create()).outs.applied).toBe("enabled");
    expect(patches()).toBe(1);
  });

  test("is repeated where the call was lost before its effect", async () => {
    host.github.faults.add({ fault: { kind: "dropBefore" }, method: "PATCH", times: 1 });
    expect((await create()).outs.applied).toBe("enabled");
    expect(patches()).toBe(2);
  });

  test("keeps in the state what may be on when GitHub falls silent", async () => {
    const restore = host.github.faults.add({ fault: { kind: "dropAfter" }, skip: 2 });
    const error = await create().catch((thrown: unknown) => thrown);
    restore();
    if (!(error instanceof PartialFailure)) throw error;
    expect(error.id).toBe("orgs/example-org/1");
    expect(settings()[0]).toBe("enabled");
    await host.run().pushProtection.delete(error.id, error.properties as PushProtectionOutputs);
    expect(settings()[0]).toBe("disabled");
  });

  test("keeps in the state what a repeated, unanswered call may switch on", async () => {
    host.github.faults.add({ fault: { kind: "dropBefore" }, method: "PATCH" });
    await expect(create()).rejects.toBeInstanceOf(PartialFailure);
    expect(patches()).toBe(3);
  });

  test("passes a refusal on, and keeps nothing", async () => {
    const token = host.github.issueToken("read");
    await expect(host.run({ token }).pushProtection.create(declared)).rejects.toMatchObject({
      code: "missing-permission",
    });
  });

  test("a pattern that is gone is an error that says what to do", async () => {
    await expect(create({ ...declared, patternId: "99" })).rejects.toMatchObject({
      code: "pattern-gone",
      message: expect.stringContaining("pulumi refresh"),
    });
  });
});

describe("read", () => {
  test("asks twice for all settings of an organisation", async () => {
    publish(host.github, 1);
    publish(host.github, 2);
    const made = [await create(), await create({ ...declared, patternId: "2" })];
    host.github.calls.reset();
    const { pushProtection } = host.run();
    const found = await Promise.all(made.map(({ id, outs }) => pushProtection.read(id, outs)));
    expect(found.map(({ props }) => props?.applied)).toEqual(["enabled", "enabled"]);
    expect(host.github.calls.count()).toBe(2);
  });

  test("shows what a person switched, and that a pattern is gone", async () => {
    publish(host.github, 1);
    const { id, outs } = await create();
    host.github.world.setPushProtectionByHand(1, "disabled");
    expect(await host.run().pushProtection.read(id, outs)).toEqual({
      id,
      inputs: declared,
      props: { ...outs, applied: "disabled" },
    });
    host.github.world.deleteByHand(1);
    expect(await host.run().pushProtection.read(id, outs)).toEqual({});
  });
});

describe("delete", () => {
  test("switches off", async () => {
    publish(host.github, 1);
    const { id, outs } = await create();
    await host.run().pushProtection.delete(id, outs);
    expect(settings()[0]).toBe("disabled");
  });

  test("spares what the same run declares: the resource has another name in the program now", async () => {
    publish(host.github, 1);
    const { id, outs } = await create();
    const creating = host.run().pushProtection;
    await creating.create({ ...declared, organization: "Example-Org" });
    await creating.delete(id, outs);
    const keeping = host.run().pushProtection;
    await keeping.diff(id, outs, declared);
    await keeping.delete(id, outs);
    expect(settings()[0]).toBe("enabled");
  });

  test("does not spare what is replaced in the same run", async () => {
    publish(host.github, 1);
    publish(host.github, 2);
    const { id, outs } = await create();
    const other = { ...declared, patternId: "2" };
    const { pushProtection } = host.run();
    await pushProtection.diff(id, outs, other);
    await pushProtection.create(other);
    await pushProtection.delete(id, outs);
    expect(settings()).toEqual(["disabled", "enabled"]);
  });

  test.each([
    ["unpublished", () => {}],
    ["off already", () => host.github.world.setPushProtectionByHand(1, "disabled")],
    ["gone", () => host.github.world.deleteByHand(1)],
  ])("has nothing to do where the pattern is %s", async (_what, prepare) => {
    const { id, outs } = await create();
    prepare();
    await host.run().pushProtection.delete(id, outs);
    expect(patches()).toBe(0);
  });
});

describe("how GitHub names a pattern in its configurations", () => {
  test.each([true, false])("the id is the token type: %s", async (tokenTypeIsPatternId) => {
    await host.github.close();
    await start({ switches: { tokenTypeIsPatternId } });
    publish(host.github, 1);
    publish(host.github, 2);
    await create({ ...declared, patternId: "2" });
    expect(settings()).toEqual(["not-set", "enabled"]);
  });

  test("patterns of one slug are told apart by the token type", async () => {
    await host.github.close();
    await start({}, ["A b", "A-b"]);
    publish(host.github, 1);
    publish(host.github, 2);
    await create({ ...declared, patternId: "2" });
    expect(settings()).toEqual(["not-set", "enabled"]);
  });

  /** GitHub with other pattern configurations than the simulator's. */
  const answering = (configuration: PatternConfigurations) => (api: GithubApi) => ({
    ...api,
    patternConfigurations: { ...api.patternConfigurations, get: async () => configuration },
  });

  test.each<[string, PatternConfigurations, object]>([
    [
      "without slugs, the token type decides",
      { pattern_config_version: null, custom_pattern_overrides: [{ token_type: "cp_1" }] },
      { outs: { applied: "enabled" } },
    ],
    [
      "a missing version is sent as null",
      { custom_pattern_overrides: [{ token_type: "cp_1", slug: "one" }] },
      { outs: { applied: "enabled" } },
    ],
    ["a pattern that is not listed is an error", {}, { code: "not-configurable" }],
    [
      "a slug that two patterns share, neither of the expected type, is an error",
      {
        custom_pattern_overrides: [
          { token_type: "x", slug: "one" },
          { token_type: "y", slug: "one" },
        ],
      },
      { code: "not-configurable" },
    ],
    [
      "an entry of another slug is not ours, whatever its type",
      { custom_pattern_overrides: [{ token_type: "cp_1", slug: "two" }] },
      { code: "not-configurable" },
    ],
    [
      "an entry without a token type is an error",
      { custom_pattern_overrides: [{ slug: "one" }] },
      { code: "not-configurable" },
    ],
  ])("%s", async (_sentence, configuration, expected) => {
    publish(host.github, 1);
    const { pushProtection } = host.run({ through: answering(configuration) });
    expect(await pushProtection.create(declared).catch((error: unknown) => error)).toMatchObject(expected);
  });

  test("a pattern that is not listed reads as not set", async () => {
    publish(host.github, 1);
    const { id, outs } = await create();
    const { pushProtection } = host.run({ through: answering({}) });
    expect(await pushProtection.read(id, outs)).toMatchObject({ props: { applied: "not-set" } });
  });
});
