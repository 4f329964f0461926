import fc from "fast-check";
import { changesBetween } from "../../../engine/deploy/changes.ts";
import { withoutDangling } from "../../../engine/deploy/dangling.ts";
import { dependenciesOf } from "../../../engine/deploy/graph.ts";
import { ignoreChanges, parsePath } from "../../../engine/deploy/ignore-changes.ts";
import { Lanes } from "../../../engine/deploy/lanes.ts";
import { durationSeconds } from "../../../engine/deploy/timeouts.ts";
import type { ResourceState } from "../../../engine/model/deployment.ts";
import { type PropertyMap, secret } from "../../../engine/model/property.ts";
import { proof } from "../../proof.ts";

const state = (urn: string, rest: Partial<ResourceState> = {}): ResourceState => ({
  urn,
  custom: true,
  type: "t:t:T",
  ...rest,
});

describe("changes between two property maps", () => {
  test.each<[string, PropertyMap, PropertyMap, string[], object[]]>([
    ["a value", { a: 1 }, { a: 2 }, [], [{ path: "a", kind: "update" }]],
    ["an added one", {}, { a: 2 }, [], [{ path: "a", kind: "add" }]],
    ["a removed one", { a: 1 }, {}, [], [{ path: "a", kind: "delete" }]],
    ["one in a list", { a: [{ b: 1 }] }, { a: [{ b: 2 }] }, [], [{ path: "a[0].b", kind: "update" }]],
    ["a name that is no identifier", { "a.b": 1 }, { "a.b": 2 }, [], [{ path: '["a.b"]', kind: "update" }]],
    ["one that replaces", { a: { b: 1 } }, { a: { b: 2 } }, ["a"], [{ path: "a.b", kind: "update-replace" }]],
    ["one that only the provider sees", { a: 1 }, { a: 1 }, ["b"], [{ path: "b", kind: "update-replace" }]],
    ["what is internal", { __provider: "x" }, { __provider: "y" }, [], []],
    ["what is now a secret", { a: 1 }, { a: secret(1) }, [], []],
  ])("%s", (_what, old, now, replaceKeys, changes) => {
    expect(changesBetween(old, now, replaceKeys)).toEqual(changes);
  });
});

describe("paths of ignored changes", () => {
  test.each([
    ["a", ["a"]],
    ["a.b[0]", ["a", "b", 0]],
    ['a["b.c"].d', ["a", "b.c", "d"]],
    ["a[*].b", ["a", "*", "b"]],
  ])("%s", (text, segments) => {
    expect(parsePath(text)).toEqual(segments);
  });

  test("that are malformed are refused with the place", () => {
    expect(() => parsePath("a[b")).toThrow("invalid property path a[b at character 2");
  });

  const old = {
    a: { b: 1, c: 2 },
    list: [
      { x: 1, y: 1 },
      { x: 2, y: 2 },
    ],
  };
  test.each<[string, PropertyMap, PropertyMap]>([
    ["a.b", { a: { b: 9, c: 9 }, list: [] }, { a: { b: 1, c: 9 }, list: [] }],
    ["a.b", { a: { c: 9 }, list: [] }, { a: { b: 1, c: 9 }, list: [] }],
    ["new", { new: 1 }, {}],
    ["list[1].x", { list: [{ x: 9 }, { x: 9 }] }, { list: [{ x: 9 }, { x: 2 }] }],
    ["list[*].x", { list: [{ x: 9 }, { x: 9 }] }, { list: [{ x: 1 }, { x: 2 }] }],
  ])("%s takes the old value", (path, now, expected) => {
    expect(ignoreChanges(now, old, [path])).toEqual({ inputs: expected, unfollowed: [] });
  });

  test.each(["list[5]", "list[*].x", "a.b.c.d"])(
    "%s cannot be followed where the elements differ",
    (path) => {
      const now = { a: 1, list: [1] };

      expect(ignoreChanges(now, old, [path])).toEqual({ inputs: now, unfollowed: [path] });
    },
  );
});

describe("durations of custom timeouts", () => {
  test.each([
    ["90s", 90],
    ["1h30m", 5400],
    ["1.5m", 90],
    ["500ms", 0.5],
  ])("%s", (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });

  test.each(["", "10", "soon", "10 m", "-1s"])("%j is refused", (text) => {
    expect(() => durationSeconds(text)).toThrow("invalid duration");
  });
});

describe("dependencies of a resource", () => {
  test("are its provider, parent, dependencies of any property, and the children of components among them", () => {
    const provider = state("urn:provider", { id: "p", type: "pulumi:providers:x" });
    const group = state("urn:group", { custom: false });
    const child = state("urn:child", { parent: "urn:group" });
    const other = state("urn:other");
    const user = state("urn:user", {
      provider: "urn:provider::p",
      dependencies: ["urn:group"],
      propertyDependencies: { a: ["urn:other"] },
    });
    const later = state("urn:later", { parent: "urn:group" });

    const found = dependenciesOf([provider, group, child, other, user, later]);

    expect([...(found.get(user) ?? [])].map(({ urn }) => urn).sort()).toEqual([
      "urn:child",
      "urn:group",
      "urn:other",
      "urn:provider",
    ]);
    expect(found.get(child)).toEqual(new Set([group]));
  });
});

describe("a state from which resources have gone", () => {
  proof("refers to nothing that is missing or comes later", { quick: 200, full: 5000 }, (numRuns, seed) => {
    const olds = fc.array(
      fc.record({ parent: fc.nat(9), uses: fc.array(fc.nat(9), { maxLength: 3 }), gone: fc.boolean() }),
      {
        maxLength: 10,
      },
    );
    fc.assert(
      fc.property(olds, (drawn) => {
        const before = drawn.map(({ parent, uses }, index) =>
          state(`urn:${index}`, {
            ...(parent < index && { parent: `urn:${parent}` }),
            dependencies: uses.filter((used) => used < index).map((used) => `urn:${used}`),
          }),
        );
        const left = withoutDangling(
          before,
          before.map((old, index) => (drawn[index]?.gone ? undefined : old)),
        );
        const seen = new Set<string>();
        for (const { urn, parent, dependencies = [] } of left) {
          for (const used of [...dependencies, ...(parent === undefined ? [] : [parent])])
            expect(seen.has(used)).toBe(true);
          seen.add(urn);
        }
        expect(left).toHaveLength(drawn.filter(({ gone }) => !gone).length);
      }),
      { numRuns, seed },
    );
  });
});

describe("lanes", () => {
  proof(
    "run every task, and never more at a time than there are lanes",
    { quick: 50, full: 500 },
    async (numRuns, seed) => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 4 }),
          fc.array(fc.nat(3), { maxLength: 20 }),
          async (width, tasks) => {
            const lanes = new Lanes(width);
            let running = 0;
            let most = 0;
            const done = await Promise.allSettled(
              tasks.map((turns) =>
                lanes.run(async () => {
                  most = Math.max(most, ++running);
                  for (let turn = 0; turn <= turns; turn++) await Promise.resolve();
                  running--;
                  if (turns === 3) throw new Error("failed");
                }),
              ),
            );
            expect(done).toHaveLength(tasks.length);
            expect(most).toBe(Math.min(width, tasks.length));
          },
        ),
        { numRuns, seed },
      );
    },
  );
});
