import { PartialFailure } from "../../../providers/dynamic/partial.ts";
import { unknown } from "../../../providers/dynamic/provider.ts";
import type { SecretPatternInputs } from "../../../providers/github/secret-pattern-inputs.ts";
import { type Host, patternsRoute, publish, startHost } from "./host.ts";

const scope = { organization: "example-org" };
const declared: SecretPatternInputs = { scope, name: "Genesys Cloud OAuth Secret", pattern: "a{43}" };

let host: Host;
beforeEach(async () => {
  host = await startHost();
});
afterEach(() => host.github.close());

const only = () => {
  const [pattern, ...others] = host.github.world.patterns();
  if (pattern === undefined || others.length > 0) throw new Error("not exactly one pattern");
  return pattern;
};
const create = (inputs = declared) => host.run().secretPattern.create(inputs);
/** The first call of a kind takes effect and gets no answer; `before`: it has no effect either. */
const lose = (method: string, kind: "dropAfter" | "dropBefore" = "dropAfter") =>
  host.github.faults.add({ fault: { kind }, method, times: 1 });

describe("check", () => {
  const failures = async (inputs: object) =>
    (await host.run().secretPattern.check({}, inputs as SecretPatternInputs)).failures;

  test("a pattern with everything passes", async () => {
    const full = {
      ...declared,
      scope: { repository: "example-org/example-repo" },
      startDelimiter: "\\A|=",
      endDelimiter: "\\z",
      mustMatch: ["[0-9]"],
      mustNotMatch: ["a"],
      adoptId: "12",
    };
    expect(await host.run().secretPattern.check({}, full)).toEqual({ inputs: full, failures: [] });
  });

  test("values that are not known yet pass", async () => {
    const inputs = {
      scope: { organization: unknown },
      name: unknown,
      pattern: unknown,
      mustMatch: [unknown],
    };
    expect(await failures(inputs)).toEqual([]);
  });

  test.each<[string, object, string, RegExp]>([
    ["no scope", { scope: undefined }, "scope", /missing/],
    ["an empty scope", { scope: {} }, "scope", /one organization, or one repository/],
    ["two scopes", { scope: { organization: "a", repository: "a/b" } }, "scope", /one organization/],
    ["a repository without its owner", { scope: { repository: "b" } }, "scope.repository", /owner\/name/],
    ["an empty name", { name: "" }, "name", /empty/],
    ["an empty pattern", { pattern: "" }, "pattern", /empty/],
    ["look-around", { pattern: "(?<=k)a" }, "pattern", /"\(\?<=" at 0: look-around is not supported/],
    ["two mistakes", { pattern: "(?i)a\\Z" }, "pattern", /spell the case out.*use \\z/],
    ["a bad delimiter", { startDelimiter: "(?>a)" }, "startDelimiter", /atomic/],
    ["a bad end", { endDelimiter: "\\Z" }, "endDelimiter", /use \\z/],
    ["a bad rule", { mustMatch: ["a", "(a)\\1"] }, "mustMatch[1]", /back-references/],
    ["six rules", { mustNotMatch: ["1", "2", "3", "4", "5", "6"] }, "mustNotMatch", /at most 5/],
    ["a name as adoptId", { adoptId: "orgs/x/1" }, "adoptId", /number/],
  ])("%s is refused", async (_what, change, property, reason) => {
    const found = await failures({ ...declared, ...change });
    expect(found).toMatchObject([{ property, reason: expect.stringMatching(reason) }]);
    expect(found[0]?.reason).toContain("for example");
  });
});

describe("diff", () => {
  const olds = { ...declared, patternId: "1", slug: "s", state: "published" as const, version: "v" };
  const diff = (news: Partial<SecretPatternInputs>, old: typeof olds = olds) =>
    host.run().secretPattern.diff("orgs/example-org/1", old, { ...declared, ...news });

  test.each<[string, Partial<SecretPatternInputs>]>([
    ["nothing", {}],
    ["the default spelled out", { startDelimiter: "\\A|[^0-9A-Za-z]", endDelimiter: "\\z|[^0-9A-Za-z]" }],
    ["an empty list", { mustMatch: [] }],
    ["an adoptId", { adoptId: "9" }],
    ["the scope in other letters", { scope: { organization: "Example-Org" } }],
  ])("%s is no change", async (_what, news) => {
    expect(await diff(news)).toMatchObject({ changes: false, replaces: [] });
  });

  test("the order of rules is no change", async () => {
    const old = { ...olds, mustMatch: ["a", "b"] };
    expect(await diff({ mustMatch: ["b", "a"] }, old)).toMatchObject({ changes: false });
  });

  test.each<[string, Partial<SecretPatternInputs>, string[]]>([
    ["the pattern", { pattern: "b" }, []],
    ["a delimiter", { startDelimiter: "=" }, []],
    ["a rule", { mustNotMatch: ["x"] }, []],
    ["the name", { name: "Other" }, ["name"]],
    ["the scope", { scope: { repository: "example-org/example-repo" } }, ["scope"]],
    ["an unknown name", { name: unknown }, ["name"]],
  ])("%s is a change", async (_what, news, replaces) => {
    expect(await diff(news)).toEqual({ changes: true, replaces });
  });

  test("a pattern whose creation is uncertain is always one to update", async () => {
    const { changes } = await host.run().secretPattern.diff("orgs/example-org/?", declared, declared);
    expect(changes).toBe(true);
  });

  test("costs no call", async () => {
    await diff({ pattern: "b" });
    expect(host.github.calls.count()).toBe(0);
  });
});

describe("create", () => {
  test("makes an unpublished pattern with GitHub's own delimiters, in two calls", async () => {
    const { id, outs } = await create();
    const pattern = only();
    expect(id).toBe(`orgs/example-org/${pattern.id}`);
    expect(outs).toEqual({
      ...declared,
      patternId: String(pattern.id),
      slug: "genesys_cloud_oauth_secret",
      state: "unpublished",
      version: pattern.version,
    });
    expect(pattern).toMatchObject({
      startDelimiter: "\\A|[^0-9A-Za-z]",
      endDelimiter: "\\z|[^0-9A-Za-z]",
      mustMatch: [],
    });
    expect(host.github.calls.count()).toBe(2);
  });

  test("works in a repository", async () => {
    const { id } = await create({ ...declared, scope: { repository: "example-org/example-repo" } });
    expect(id).toBe(`repos/example-org/example-repo/${only().id}`);
  });

  test("takes what an earlier, interrupted create left behind", async () => {
    const first = await create();
    expect(await create()).toEqual(first);
    expect(host.github.calls.count(`POST ${patternsRoute}`)).toBe(1);
  });

  test.each([
    ["another content", () => host.github.world.editByHand(only().id, { pattern: "b" }), "differs"],
    ["a published pattern", () => publish(host.github, only().id), "is in use"],
  ])("leaves %s of the same name alone and says how to adopt it", async (_what, prepare, difference) => {
    await create();
    prepare();
    const before = only();
    await expect(create()).rejects.toMatchObject({
      code: "pattern-exists",
      message: expect.stringMatching(new RegExp(`${difference}.*adoptId: "${before.id}"`)),
    });
    expect(only()).toEqual(before);
  });

  test("finds the pattern again when the answer is lost", async () => {
    lose("POST");
    const { outs } = await create();
    expect(outs.patternId).toBe(String(only().id));
  });

  test("passes a refusal on", async () => {
    await expect(create({ ...declared, startDelimiter: "k[^x]{0,40}" })).rejects.toMatchObject({
      code: "invalid-request",
      message: expect.stringContaining("Pattern is too large"),
    });
  });

  test.each([
    ["was made after all", "dropAfter" as const, 1],
    ["was not made", "dropBefore" as const, 2],
  ])("keeps an uncertain pattern in the state; the next up settles it: it %s", async (_what, kind, posts) => {
    lose("POST", kind);
    const restore = host.github.faults.add({
      fault: { kind: "status", status: 503 },
      method: "GET",
      skip: 1,
    });
    const error = await create().catch((thrown: unknown) => thrown);
    restore();
    if (!(error instanceof PartialFailure)) throw error;
    expect(error.id).toBe("orgs/example-org/?");
    expect(error.reasons[0]).toContain("Run pulumi up again");

    const { outs } = await host.run().secretPattern.update(error.id, declared, { ...declared, pattern: "b" });
    expect(outs).toMatchObject({ patternId: String(only().id), pattern: "b" });
    expect(only().pattern).toBe("b");
    expect(host.github.calls.count(`POST ${patternsRoute}`)).toBe(posts);

    const { id } = await host.run().secretPattern.read(error.id, outs);
    expect(id).toBe(`orgs/example-org/${outs.patternId}`);
  });

  test("an uncertain pattern is found by refresh and by destroy", async () => {
    await create();
    const { secretPattern } = host.run();
    expect(await secretPattern.read("orgs/example-org/?", declared)).toMatchObject({
      id: `orgs/example-org/${only().id}`,
    });
    await secretPattern.delete("orgs/example-org/?", declared);
    expect(host.github.world.patterns()).toEqual([]);
    await secretPattern.delete("orgs/example-org/?", declared);
    expect(await host.run().secretPattern.read("orgs/example-org/?", declared)).toEqual({});
  });
});

describe("adoption", () => {
  test("takes an equal pattern over as it is, alerts and all", async () => {
    const { outs } = await create();
    publish(host.github, only().id);
    host.github.world.raiseAlerts(only().id, 2);
    const adopted = await create({ ...declared, adoptId: String(outs.patternId) });
    expect(adopted.outs).toMatchObject({ patternId: outs.patternId, state: "published" });
    expect(host.github.world.alerts(only().id)).toMatchObject({ open: 2 });
  });

  test("brings another content to what is declared", async () => {
    const { outs } = await create({ ...declared, pattern: "b", mustMatch: ["b"] });
    await create({ ...declared, adoptId: String(outs.patternId) });
    expect(only()).toMatchObject({ pattern: "a{43}", mustMatch: [] });
  });

  test.each([
    ["is not there", "99", /no custom pattern of that number/],
    ["has another name", "1", /is named "Other"/],
  ])("is refused where the pattern %s", async (_what, adoptId, message) => {
    await create({ ...declared, name: "Other" });
    await expect(create({ ...declared, adoptId })).rejects.toMatchObject({
      code: "not-adoptable",
      message: expect.stringMatching(message),
    });
  });
});

describe("read", () => {
  test("lists a scope once for all its patterns", async () => {
    const made = [await create(), await create({ ...declared, name: "Two" })];
    host.github.calls.reset();
    const { secretPattern } = host.run();
    const found = await Promise.all(made.map(({ id, outs }) => secretPattern.read(id, outs)));
    expect(found.map(({ id }) => id)).toEqual(made.map(({ id }) => id));
    expect(host.github.calls.count()).toBe(1);
  });

  test("keeps the declared spelling of what means the same", async () => {
    const spelled = { ...declared, startDelimiter: "\\A|[^0-9A-Za-z]", mustMatch: ["b", "a"] };
    const { id, outs } = await create(spelled);
    expect(await host.run().secretPattern.read(id, outs)).toEqual({ id, props: outs, inputs: spelled });
  });

  test("shows what a person changed", async () => {
    const { id, outs } = await create({ ...declared, endDelimiter: ";", mustMatch: ["a"] });
    host.github.world.editByHand(only().id, {
      pattern: "b",
      startDelimiter: "=",
      endDelimiter: "\\z|[^0-9A-Za-z]",
      mustMatch: [],
    });
    publish(host.github, only().id);
    const { props, inputs } = await host.run().secretPattern.read(id, outs);
    expect(inputs).toEqual({ ...declared, pattern: "b", startDelimiter: "=" });
    expect(props).toMatchObject({ state: "published", version: only().version });
  });

  test("says that a pattern is gone, and not that a hidden one is", async () => {
    const { id, outs } = await create();
    host.github.world.setSecretScanning(scope, false);
    await expect(host.run().secretPattern.read(id, outs)).rejects.toMatchObject({ code: "not-found" });
    host.github.world.setSecretScanning(scope, true);
    host.github.world.deleteByHand(only().id);
    expect(await host.run().secretPattern.read(id, outs)).toEqual({});
  });
});

describe("update", () => {
  const news = { ...declared, pattern: "b", mustNotMatch: ["c"] };

  test("changes the content in one call", async () => {
    const { id, outs } = await create({ ...declared, startDelimiter: "=", mustMatch: ["a"] });
    host.github.calls.reset();
    const updated = await host.run().secretPattern.update(id, outs, news);
    expect(updated.outs).toEqual({
      ...outs,
      ...news,
      startDelimiter: undefined,
      mustMatch: undefined,
      version: only().version,
    });
    expect(only()).toMatchObject({
      pattern: "b",
      startDelimiter: "\\A|[^0-9A-Za-z]",
      mustMatch: [],
      mustNotMatch: ["c"],
    });
    expect(host.github.calls.count()).toBe(1);
  });

  test("overwrites nobody's edit", async () => {
    const { id, outs } = await create();
    host.github.world.editByHand(only().id, { pattern: "theirs" });
    await expect(host.run().secretPattern.update(id, outs, news)).rejects.toMatchObject({
      code: "pattern-changed",
      message: expect.stringMatching(/was edited.*pulumi refresh/),
    });
    expect(only().pattern).toBe("theirs");
  });

  test("closes no alerts that the preview could not know of", async () => {
    const { id, outs } = await create();
    publish(host.github, only().id);
    host.github.world.raiseAlerts(only().id, 1);
    await expect(host.run().secretPattern.update(id, outs, news)).rejects.toMatchObject({
      code: "pattern-changed",
      message: expect.stringMatching(/was published.*closes its open alerts/),
    });
    expect(host.github.world.alerts(only().id)).toMatchObject({ open: 1 });
  });

  test("goes through where only the version has moved", async () => {
    const { id, outs } = await create();
    publish(host.github, only().id);
    const { props } = await host.run().secretPattern.read(id, outs);
    if (props === undefined) throw new Error("gone");
    host.github.world.setPushProtectionByHand(only().id, "enabled");
    expect(only().version).not.toBe(props.version);
    const updated = await host.run().secretPattern.update(id, props, news);
    expect(updated.outs).toMatchObject({ pattern: "b", version: only().version });
  });

  test("is done where the answer is lost after the effect", async () => {
    const { id, outs } = await create();
    lose("PATCH");
    const updated = await host.run().secretPattern.update(id, outs, news);
    expect(updated.outs).toMatchObject({ pattern: "b", version: only().version });
  });

  test("is done where an earlier attempt had the effect", async () => {
    const { id, outs } = await create();
    await host.run().secretPattern.update(id, outs, news);
    const { outs: again } = await host.run().secretPattern.update(id, outs, news);
    expect(again.version).toBe(only().version);
  });

  test("is repeated where the call was lost before its effect", async () => {
    const { id, outs } = await create();
    lose("PATCH", "dropBefore");
    const updated = await host.run().secretPattern.update(id, outs, news);
    expect(updated.outs).toMatchObject({ pattern: "b", version: only().version });
  });

  test("fails where no call gets through", async () => {
    const { id, outs } = await create();
    host.github.faults.add({ fault: { kind: "dropBefore" }, method: "PATCH" });
    await expect(host.run().secretPattern.update(id, outs, news)).rejects.toMatchObject({
      code: "ambiguous-outcome",
    });
    expect(only().pattern).toBe("a{43}");
  });

  test("passes a refusal on", async () => {
    const { id, outs } = await create();
    const refused = { ...news, startDelimiter: "k[^x]{0,40}" };
    await expect(host.run().secretPattern.update(id, outs, refused)).rejects.toMatchObject({
      code: "invalid-request",
    });
  });

  test.each([
    ["at once", () => {}, "pattern-gone"],
    ["after an answer that was lost", () => lose("PATCH", "dropBefore"), "pattern-gone"],
  ])("says that the pattern is gone: %s", async (_when, prepare, code) => {
    const { id, outs } = await create();
    host.github.world.deleteByHand(only().id);
    prepare();
    await expect(host.run().secretPattern.update(id, outs, news)).rejects.toMatchObject({
      code,
      message: expect.stringContaining("efresh"),
    });
  });
});

describe("delete", () => {
  test("keeps the alerts as evidence, in one call", async () => {
    const { id, outs } = await create();
    const { id: number } = only();
    publish(host.github, number);
    host.github.world.raiseAlerts(number, 2);
    const { props } = await host.run().secretPattern.read(id, outs);
    host.github.calls.reset();
    await host.run().secretPattern.delete(id, props ?? outs);
    expect(host.github.world.patterns()).toEqual([]);
    expect(host.github.world.alerts(number)).toMatchObject({ open: 0, patternDeleted: 2 });
    expect(host.github.calls.count()).toBe(1);
  });

  test("does not mind that the pattern was published or edited since", async () => {
    const { id, outs } = await create();
    const { id: number } = only();
    publish(host.github, number);
    host.github.world.raiseAlerts(number, 2);
    await host.run().secretPattern.delete(id, outs);
    expect(host.github.world.patterns()).toEqual([]);
    expect(host.github.world.alerts(number)).toMatchObject({ patternDeleted: 2 });
  });

  test("is done where the pattern is gone, and not where the scope is hidden", async () => {
    const { id, outs } = await create();
    const token = host.github.issueToken("none");
    await expect(host.run({ token }).secretPattern.delete(id, outs)).rejects.toMatchObject({
      code: "not-found",
    });
    host.github.world.deleteByHand(only().id);
    await host.run().secretPattern.delete(id, outs);
    expect(host.github.world.patterns()).toEqual([]);
  });

  test("spares a pattern that another resource of the program has adopted", async () => {
    const former = await create();
    publish(host.github, only().id);
    const { secretPattern } = host.run();
    await secretPattern.create({
      ...declared,
      scope: { organization: "Example-Org" },
      adoptId: String(former.outs.patternId),
    });
    await secretPattern.delete(former.id, former.outs);
    expect(only().state).toBe("published");
  });

  test.each([true, false])(
    "spares a declared pattern that was replaced once; its number was known then: %s",
    async (known) => {
      const { id, outs } = await create();
      const { secretPattern } = host.run();
      await secretPattern.diff(id, outs, declared);
      await secretPattern.delete(id, known ? outs : declared);
      expect(host.github.world.patterns()).toHaveLength(1);
    },
  );

  test("does not spare one that is replaced in the same run", async () => {
    const { id, outs } = await create();
    const { secretPattern } = host.run();
    const renamed = { ...declared, name: "New" };
    await secretPattern.diff(id, outs, renamed);
    await secretPattern.create(renamed);
    await secretPattern.delete(id, outs);
    expect(only().name).toBe("New");
  });

  test("deletes no other pattern of the same name", async () => {
    const { id, outs } = await create();
    host.github.world.deleteByHand(only().id);
    await create();
    await host.run().secretPattern.delete(id, outs);
    expect(host.github.world.patterns()).toHaveLength(1);
  });

  test("needs the right to write, and names the permission", async () => {
    const { id, outs } = await create();
    const token = host.github.issueToken("read");
    const error = await host
      .run({ token })
      .secretPattern.delete(id, outs)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringContaining("organization_administration=write") });
    expect(String(error)).not.toContain(token);
  });
});
