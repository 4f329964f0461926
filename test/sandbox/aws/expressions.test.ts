import { parseCondition } from "../../../sandbox/aws/dynamodb/condition.ts";
import { Table } from "../../../sandbox/aws/dynamodb/table.ts";
import { parseUpdate } from "../../../sandbox/aws/dynamodb/update.ts";
import { sources, verified } from "./marks.ts";
import { failure } from "./world.ts";

const item = { pk: { S: "x" }, fence: { N: "10" }, holder: { S: "a" }, flag: { BOOL: true } };
const values = {
  ":a": { S: "a" },
  ":b": { S: "b" },
  ":nine": { N: "9" },
  ":ten": { N: "10.0" },
  ":t": { BOOL: true },
};
const names = { "#h": "holder", "#none": "none" };

describe("a condition", () => {
  test.each([
    ["holder = :a", true],
    ["#h = :b", false],
    ["#h <> :b", true],
    ["fence = :ten", true],
    ["fence > :nine", true],
    ["fence < :nine", false],
    ["fence <= :ten AND fence >= :ten", true],
    [":nine < fence", true],
    ["flag = :t", true],
    ["holder < :b", true],
    ["holder < :nine", false],
    ["holder >= :nine", false],
    ["#none = :a", false],
    ["#none <> :a", true],
    ["attribute_exists(#h)", true],
    ["attribute_not_exists(#none)", true],
    ["attribute_not_exists(holder)", false],
    ["NOT attribute_exists(holder)", false],
    ["holder = :b OR fence = :ten", true],
    ["holder = :b OR fence = :ten AND holder = :b", false],
    ["(holder = :a OR fence = :nine) and NOT holder = :b", true],
  ])("%s is %s", (text, expected) => {
    expect(parseCondition(text, { names, values })(item)).toBe(expected);
  });

  test("of an item that is not there sees no attributes", () => {
    expect(parseCondition("attribute_not_exists(pk)", { names, values })(undefined)).toBe(true);
    expect(parseCondition("holder = :a", { names, values })(undefined)).toBe(false);
  });

  test.each([
    "begins_with(holder, :a)",
    "holder IN (:a, :b)",
    "fence BETWEEN :nine AND :ten",
    "a.b = :a",
    "list[0] = :a",
    "holder = :missing",
    "#missing = :a",
    "holder =",
    "holder = :a extra",
    "(holder = :a",
    "holder ~ :a",
  ])("%s is refused", (text) => {
    expect(failure(() => parseCondition(text, { names, values })).name).toBe("ValidationException");
  });
});

describe("an update", () => {
  const changed = (text: string) => parseUpdate(text, { names, values })(item);

  test("sets, adds and removes, each seeing the item as it was", () => {
    expect(changed("SET #h = :b, copy = holder ADD fence :nine REMOVE flag")).toEqual({
      pk: { S: "x" },
      holder: { S: "b" },
      copy: { S: "a" },
      fence: { N: "19" },
    });
  });

  test("counts", () => {
    expect(changed("SET fence = fence + :nine")).toMatchObject({ fence: { N: "19" } });
    expect(changed("SET fence = fence - :nine")).toMatchObject({ fence: { N: "1" } });
    expect(changed("SET other = if_not_exists(other, :nine) + :nine")).toMatchObject({ other: { N: "18" } });
    expect(changed("ADD other :nine")).toMatchObject({ other: { N: "9" } });
  });

  test("leaves the item that it was given as it was", () => {
    changed("REMOVE holder");
    expect(item.holder).toEqual({ S: "a" });
  });

  test.each([
    "DELETE tags :a",
    "SET holder = :a SET fence = :nine",
    "SET fence = holder + :nine",
    "ADD fence :a",
    "SET copy = nothing",
    "SET a.b = :a",
    "holder = :a",
  ])("%s is refused", (text) => {
    expect(failure(() => changed(text)).name).toBe("ValidationException");
  });
});

describe("a table", () => {
  const table = () => new Table("t", "arn:aws:dynamodb:us-east-1:123456789012:table/t");

  verified(sources.dynamodb, "a write whose condition fails changes nothing", async () => {
    const it = table();
    it.write("x", () => item);
    const failing = () =>
      it.write("x", () => {
        throw new Error("no");
      });
    expect(failure(failing).message).toBe("no");
    expect(it.get("x")).toBe(item);
  });

  test("can be emptied, and put back to an earlier state", () => {
    const it = table();
    it.write("x", () => item);
    const before = it.snapshot();
    it.write("x", (old) => ({ ...old, holder: { S: "b" } }));
    it.write("y", () => ({ pk: { S: "y" } }));
    it.restore(before);
    expect([...it.items]).toEqual([["x", item]]);
    it.restore();
    expect(it.size).toBe(0);
    it.restore(before);
    expect(it.get("x")).toBe(item);
  });

  test("gives pages of a megabyte, and of the limit that is asked for", () => {
    const it = table();
    for (let number = 0; number < 12; number += 1)
      it.write(`k${number}`, () => ({ pk: { S: `k${number}` }, text: { S: "x".repeat(300_000) } }));
    const sizes: number[] = [];
    let startAfter: string | undefined;
    do {
      const page = it.scan(startAfter === undefined ? {} : { startAfter });
      sizes.push(page.items.length);
      startAfter = page.lastKey;
    } while (startAfter !== undefined);
    expect(sizes).toEqual([4, 4, 4]);
    expect(it.scan({ limit: 3 })).toMatchObject({ lastKey: "k2" });
  });

  test("refuses items of more than 400 KB, and empty keys", () => {
    const it = table();
    const big = { pk: { S: "x" }, text: { S: "x".repeat(410 * 1024) } };
    expect(failure(() => it.write("x", () => big)).name).toBe("ValidationException");
    expect(failure(() => it.write("", () => ({ pk: { S: "" } }))).name).toBe("ValidationException");
    expect(it.size).toBe(0);
  });
});
