import fc from "fast-check";
import {
  type Comparators,
  changedProperties,
  exact,
  ignored,
  normalised,
  unordered,
} from "../../../providers/dynamic/diff.ts";
import { unknown } from "../../../providers/dynamic/provider.ts";

interface Inputs {
  name: string;
  tags?: unknown[];
  level?: string;
  token?: string;
}

const comparators: Comparators<Inputs> = {
  name: exact,
  tags: unordered((tag) => (typeof tag === "string" ? tag.toLowerCase() : tag)),
  level: normalised((level) => level ?? "low"),
  token: ignored,
};
const changed = (olds: object, news: Partial<Inputs>) =>
  changedProperties(olds, { name: "a", ...news }, comparators);

describe("changedProperties", () => {
  test.each([
    ["null for an absent value", { name: "a", level: null }, {}],
    ["a value for its default", { name: "a" }, { level: "low" }],
    ["an empty list for an absent one", { name: "a", tags: [] }, {}],
    ["an element twice", { name: "a", tags: ["x"] }, { tags: ["x", "X"] }],
    [
      "another order of keys",
      { name: "a", tags: [{ b: 1, a: { d: 1, c: 2 } }] },
      { tags: [{ a: { c: 2, d: 1 }, b: 1 }] },
    ],
    ["what is ignored", { name: "a", token: "1" }, { token: unknown }],
    ["a property that is no input", { name: "a", id: "1" }, {}],
  ])("takes %s for no change", (_what, olds, news) => {
    expect(changed(olds, news)).toEqual([]);
  });

  test("names every input that differs, and every unknown one", () => {
    expect(
      changed({ name: "b", tags: ["x"], level: "low" }, { tags: [{ x: unknown }], level: unknown }),
    ).toEqual(["name", "tags", "level"]);
  });

  test("does not depend on the order of lists", () => {
    const shuffled = fc
      .uniqueArray(fc.json())
      .chain((tags) => fc.tuple(fc.constant(tags), fc.shuffledSubarray(tags, { minLength: tags.length })));
    fc.assert(
      fc.property(shuffled, ([tags, others]) => {
        expect(changed({ name: "a", tags }, { tags: others })).toEqual([]);
        expect(changed({ name: "a", tags }, { tags: [...others, "one more"] })).toEqual(["tags"]);
      }),
      { seed: 3 },
    );
  });
});
