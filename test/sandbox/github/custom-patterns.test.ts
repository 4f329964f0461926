import type { Switches } from "../../../sandbox/github/index.ts";
import {
  type Answer,
  type CustomPattern,
  orgPatterns,
  repoPatterns,
  startCaller,
  stopCallers,
} from "./caller.ts";
import { assumed, sources, verified } from "./marks.ts";

afterEach(stopCallers);

interface Invalid {
  message: string;
  validation_errors: Record<string, { errors: { code: string; message: string }[] }>;
}

describe("creating patterns", () => {
  verified(
    sources.changelog,
    "a new pattern is unpublished, in an organisation and in a repository",
    async () => {
      const { call } = await startCaller();
      for (const path of [orgPatterns, repoPatterns]) {
        const { status, body } = await call<{ created_patterns: CustomPattern[] }>("POST", path, {
          patterns: [{ name: "Genesys Cloud OAuth Secret", pattern: "a{43}", must_match: ["a"] }],
        });
        expect(status).toBe(201);
        expect(body.created_patterns).toMatchObject([
          {
            name: "Genesys Cloud OAuth Secret",
            slug: "genesys_cloud_oauth_secret",
            pattern: "a{43}",
            state: "unpublished",
            push_protection_enabled: false,
            must_match: ["a"],
            must_not_match: [],
          },
        ]);
      }
    },
  );

  test.each([
    [true, null, null],
    [false, "\\A|[^0-9A-Za-z]", "\\z|[^0-9A-Za-z]"],
  ])("default delimiters are null in answers: %s [assumed]", async (nullDefaultDelimiters, start, end) => {
    const { create } = await startCaller({ switches: { nullDefaultDelimiters } });
    expect(await create({ name: "a" })).toMatchObject({ start_delimiter: start, end_delimiter: end });
    expect(await create({ name: "b", start_delimiter: "=" })).toMatchObject({ start_delimiter: "=" });
  });

  verified(sources.openapi, "one bad pattern fails all, with its errors under its index", async () => {
    const { call, github } = await startCaller();
    const { status, body } = await call<Invalid>("POST", orgPatterns, {
      patterns: [
        { name: "good", pattern: "a" },
        { name: "", pattern: "(?=a)", start_delimiter: "(?<!b)", end_delimiter: "\\Z" },
      ],
    });
    expect(status).toBe(422);
    expect(Object.keys(body.validation_errors)).toEqual(["1"]);
    expect(body.validation_errors["1"]?.errors.map(({ code }) => code)).toEqual([
      "name",
      "invalid",
      "start_delimiter",
      "end_delimiter",
    ]);
    expect(github.world.patterns()).toEqual([]);
  });

  test.each([
    ["look-around", { pattern: "(?=a)b" }, "invalid"],
    ["a back-reference", { pattern: "(a)\\1" }, "invalid"],
    ["an atomic group", { pattern: "(?>a)" }, "invalid"],
    ["a possessive quantifier", { pattern: "a++" }, "invalid"],
    ["\\Z", { pattern: "a", end_delimiter: "\\Z" }, "end_delimiter"],
    ["a bad rule", { pattern: "a", must_match: ["a", "(?!a)"] }, "must_match"],
    ["a bad negative rule", { pattern: "a", must_not_match: ["(?!a)"] }, "must_not_match"],
    ["nothing", { pattern: "" }, "invalid"],
  ])(`%s is refused [verified: ${sources.reference}]`, async (_what, content, code) => {
    const { call } = await startCaller();
    const { status, body } = await call<Invalid>("POST", orgPatterns, {
      patterns: [{ name: "n", ...content }],
    });
    expect(status).toBe(422);
    expect(body.validation_errors["0"]?.errors.map((error) => error.code)).toEqual([code]);
  });

  test.each([
    ["modifiers are refused", { rejectsModifiers: true }, { pattern: "(?i)a" }, 422],
    ["modifiers are taken", { rejectsModifiers: false }, { pattern: "(?i)a" }, 201],
    ["a bounded gap is too large", { rejectsBoundedGaps: true }, { start_delimiter: "k[^\\n]{0,40}" }, 422],
    ["a bounded gap is taken", { rejectsBoundedGaps: false }, { start_delimiter: "k[^\\n]{0,40}" }, 201],
    ["six rules are too many", { limitsMatchRules: true }, { must_match: Array(6).fill("a") }, 422],
    ["six rules are taken", { limitsMatchRules: false }, { must_match: Array(6).fill("a") }, 201],
    ["a name is taken once", { namesAreUnique: true }, { name: "here" }, 422],
    ["a name is taken twice", { namesAreUnique: false }, { name: "here" }, 201],
  ])("%s [assumed]", async (_sentence, switches, given, expected) => {
    const { call, create } = await startCaller({ switches });
    await create({ name: "here" });
    const { status } = await call("POST", orgPatterns, {
      patterns: [{ name: "new", pattern: "a", ...given }],
    });
    expect(status).toBe(expected);
  });

  assumed("a name is taken once within a call", async () => {
    const { call } = await startCaller();
    const twice = { name: "n", pattern: "a" };
    const { body } = await call<Invalid>("POST", orgPatterns, { patterns: [twice, twice] });
    expect(Object.keys(body.validation_errors)).toEqual(["1"]);
  });

  test.each([
    ["organisation", orgPatterns, 500],
    ["repository", repoPatterns, 100],
  ])(`an %s at %s holds %i patterns [verified: ${sources.reference}]`, async (_kind, path, most) => {
    const { call } = await startCaller();
    const patterns = Array.from({ length: most }, (_, i) => ({ name: `n${i}`, pattern: "a" }));
    expect((await call("POST", path, { patterns })).status).toBe(201);
    const { status, body } = await call<Invalid>("POST", path, {
      patterns: [{ name: "more", pattern: "a" }],
    });
    expect(status).toBe(422);
    expect(body.validation_errors["0"]?.errors).toMatchObject([{ code: "unprocessable" }]);
  });

  test.each([
    ["broken JSON", "{", 400],
    ["no patterns", {}, 422],
    ["an empty list", { patterns: [] }, 422],
    ["a pattern without a name", { patterns: [{ pattern: "a" }] }, 422],
    ["something that is no object", [], 422],
  ])("%s is refused [assumed]", async (_what, body, expected) => {
    const { call } = await startCaller();
    expect((await call("POST", orgPatterns, body)).status).toBe(expected);
  });
});

describe("listing patterns", () => {
  verified(sources.pagination, "pages are linked, 30 long unless told, at most 100", async () => {
    const { call } = await startCaller();
    const patterns = Array.from({ length: 250 }, (_, i) => ({ name: `n${i}`, pattern: "a" }));
    await call("POST", orgPatterns, { patterns });
    expect((await call<CustomPattern[]>("GET", orgPatterns)).body).toHaveLength(30);

    const seen: string[] = [];
    let path: string | undefined = `${orgPatterns}?per_page=500&sort=created&direction=asc`;
    const sizes: number[] = [];
    while (path !== undefined) {
      const { body, headers }: Answer<CustomPattern[]> = await call("GET", path);
      sizes.push(body.length);
      seen.push(...body.map(({ name }) => name));
      const [, next]: (string | undefined)[] =
        /<http:\/\/[^/]+([^>]+)>; rel="next"/.exec(headers.get("link") ?? "") ?? [];
      path = next;
    }
    expect(sizes).toEqual([100, 100, 50]);
    expect(seen).toEqual(patterns.map(({ name }) => name));

    const { headers } = await call("GET", `${orgPatterns}?page=2&per_page=100`);
    expect(headers.get("link")).toMatch(/rel="prev".*rel="first".*rel="next".*rel="last"/);
    expect((await call("GET", `${orgPatterns}?page=0&per_page=x`)).body).toHaveLength(30);
  });

  verified(sources.openapi, "filters by state and push protection, sorts by three keys", async () => {
    let now = 0;
    const { call, create, github, publish } = await startCaller({
      now: () => {
        now += 1000;
        return now;
      },
    });
    const [b, a, c] = [await create({ name: "b" }), await create({ name: "a" }), await create({ name: "c" })];
    publish(b.id);
    publish(a.id);
    github.world.setPushProtectionByHand(a.id, "enabled");
    const names = async (query: string) =>
      (await call<CustomPattern[]>("GET", `${orgPatterns}?${query}`)).body.map(({ name }) => name);
    expect(await names("")).toEqual(["c", "a", "b"]);
    expect(await names("sort=nonsense&direction=asc")).toEqual(["b", "a", "c"]);
    expect(await names("sort=name&direction=asc")).toEqual(["a", "b", "c"]);
    expect(await names("sort=updated&direction=desc")).toEqual(["a", "b", "c"]);
    expect(await names("state=published&sort=name&direction=asc")).toEqual(["a", "b"]);
    expect(await names("state=unpublished")).toEqual([c.name]);
    expect(await names("push_protection=enabled")).toEqual(["a"]);
    expect(await names("push_protection=disabled&sort=name&direction=asc")).toEqual(["b", "c"]);
  });
});

describe("updating a pattern", () => {
  verified(
    sources.openapi,
    "changes what is given and the version; the old version is refused with 412",
    async () => {
      const { call, create } = await startCaller();
      const pattern = await create({ name: "n", must_match: ["a"], start_delimiter: "=" });
      const path = `${orgPatterns}/${pattern.id}`;
      const custom_pattern_version = pattern.custom_pattern_version;
      const { status, body } = await call<CustomPattern>("PATCH", path, {
        custom_pattern_version,
        pattern: "b",
        must_not_match: ["c"],
        end_delimiter: ";",
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        name: "n",
        pattern: "b",
        must_match: ["a"],
        must_not_match: ["c"],
        start_delimiter: "=",
        end_delimiter: ";",
      });
      expect(body.custom_pattern_version).not.toBe(custom_pattern_version);
      const refused = await call("PATCH", path, { custom_pattern_version, pattern: "c" });
      expect(refused.status).toBe(412);
      expect(refused.body).toMatchObject({ status: "412" });
      const again = {
        custom_pattern_version: body.custom_pattern_version,
        start_delimiter: ":",
        must_match: [],
      };
      expect((await call("PATCH", path, again)).body).toMatchObject({ start_delimiter: ":", must_match: [] });
    },
  );

  test.each<[string, Partial<Switches>, string | null, number]>([
    ["a null version matches any", { nullVersionMatchesAny: true }, null, 200],
    ["a null version matches none", { nullVersionMatchesAny: false }, null, 412],
    ["without versions null is right", { reportsVersions: false }, null, 200],
    ["without versions any other is wrong", { reportsVersions: false }, "v", 412],
  ])("%s [assumed]", async (_sentence, switches, custom_pattern_version, expected) => {
    const { call, create } = await startCaller({ switches });
    const pattern = await create({ name: "n" });
    expect(pattern.custom_pattern_version === null).toBe(switches.reportsVersions === false);
    const patch = { custom_pattern_version, pattern: "b" };
    expect((await call("PATCH", `${orgPatterns}/${pattern.id}`, patch)).status).toBe(expected);
  });

  test.each([
    ["an unknown pattern", 99, { custom_pattern_version: null, pattern: "b" }, 404],
    ["no field", 1, { custom_pattern_version: null }, 422],
    ["no version", 1, { pattern: "b" }, 422],
    ["a bad expression", 1, { custom_pattern_version: null, pattern: "(?=a)" }, 422],
    ["a bad delimiter", 1, { custom_pattern_version: null, start_delimiter: "(?=a)" }, 422],
  ])(`%s is refused [verified: ${sources.openapi}]`, async (_what, id, patch, expected) => {
    const { call, create, github } = await startCaller();
    await create({ name: "n" });
    const before = github.world.patterns();
    expect((await call("PATCH", `${orgPatterns}/${id}`, patch)).status).toBe(expected);
    expect(github.world.patterns()).toEqual(before);
  });

  test.each([
    ["closes its alerts and stays published", true, true, { open: 0, patternEdited: 2 }, "published"],
    ["keeps its alerts and stays published", false, true, { open: 2, patternEdited: 0 }, "published"],
    ["closes its alerts and is a draft again", true, false, { open: 0, patternEdited: 2 }, "unpublished"],
    ["keeps its alerts and is a draft again", false, false, { open: 2, patternEdited: 0 }, "unpublished"],
  ])(
    "a published pattern that is updated %s [assumed]",
    async (_sentence, editClosesAlerts, editStaysPublished, alerts, state) => {
      const { call, create, github, publish } = await startCaller({
        switches: { editClosesAlerts, editStaysPublished },
      });
      const { id } = await create({ name: "n" });
      publish(id);
      github.world.raiseAlerts(id, 2);
      const patch = { custom_pattern_version: null, pattern: "b" };
      expect((await call("PATCH", `${orgPatterns}/${id}`, patch)).body).toMatchObject({ state });
      expect(github.world.alerts(id)).toMatchObject(alerts);
    },
  );

  test.each([true, false])("publishing changes the version: %s [assumed]", async (publishChangesVersion) => {
    const { call, create, publish } = await startCaller({ switches: { publishChangesVersion } });
    const { id, custom_pattern_version } = await create({ name: "n" });
    publish(id);
    const patch = { custom_pattern_version, pattern: "b" };
    expect((await call("PATCH", `${orgPatterns}/${id}`, patch)).status).toBe(
      publishChangesVersion ? 412 : 200,
    );
  });
});

describe("deleting patterns", () => {
  test.each([
    ["destroys", {}, { open: 0, patternEdited: 0, patternDeleted: 0 }],
    ["destroys", { post_delete_action: "delete_alerts" }, { open: 0, patternEdited: 0, patternDeleted: 0 }],
    ["keeps", { post_delete_action: "resolve_alerts" }, { open: 0, patternEdited: 0, patternDeleted: 3 }],
  ])(`%s the alerts with %j [verified: ${sources.openapi}]`, async (_what, action, alerts) => {
    const { call, create, github, publish } = await startCaller();
    const { id } = await create({ name: "n" });
    publish(id);
    github.world.raiseAlerts(id, 3);
    const { status } = await call("DELETE", orgPatterns, { patterns: [{ pattern_id: id }], ...action });
    expect(status).toBe(204);
    expect(github.world.patterns()).toEqual([]);
    expect(github.world.alerts(id)).toEqual(alerts);
  });

  test.each([
    ["an unknown pattern", { pattern_id: 99 }, 404],
    ["a stale version", { pattern_id: 2, custom_pattern_version: "old" }, 412],
  ])("%s keeps all of the call [assumed]", async (_what, bad, expected) => {
    const { call, create, github } = await startCaller();
    await create({ name: "a" });
    await create({ name: "b" });
    const { status } = await call("DELETE", orgPatterns, { patterns: [{ pattern_id: 1 }, bad] });
    expect(status).toBe(expected);
    expect(github.world.patterns()).toHaveLength(2);
  });

  verified(sources.openapi, "takes no more than 500 at once", async () => {
    const { call } = await startCaller();
    const patterns = Array.from({ length: 501 }, (_, i) => ({ pattern_id: i }));
    expect((await call("DELETE", orgPatterns, { patterns })).status).toBe(422);
  });
});

describe("what a person does in the settings", () => {
  verified(sources.managing, "publishing needs a dry run of the same content", async () => {
    const { create, github } = await startCaller();
    const { id } = await create({ name: "n" });
    expect(() => github.world.publish(id)).toThrow("dry run");
    github.world.dryRun(id);
    github.world.editByHand(id, { pattern: "b" });
    expect(() => github.world.publish(id)).toThrow("dry run");
    github.world.dryRun(id);
    github.world.publish(id);
    expect(github.world.patterns({ organization: "Example-Org" })).toMatchObject([{ state: "published" }]);
  });

  verified(sources.managing, "an edit closes the alerts of the version before", async () => {
    const { create, github, publish } = await startCaller();
    const { id } = await create({ name: "n" });
    expect(() => github.world.raiseAlerts(id, 1)).toThrow("not published");
    publish(id);
    github.world.raiseAlerts(id, 1);
    github.world.editByHand(id, { pattern: "b" });
    expect(github.world.alerts(id)).toEqual({ open: 0, patternEdited: 1, patternDeleted: 0 });
    github.world.deleteByHand(id);
    expect(github.world.alerts(id).patternEdited).toBe(0);
    expect(() => github.world.publish(id)).toThrow("no pattern");
    expect(() => github.world.patterns({ organization: "elsewhere" })).toThrow("no");
  });
});
