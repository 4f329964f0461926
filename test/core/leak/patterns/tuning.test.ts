import { loadShapes } from "../../../leak-corpus/corpus.ts";
import { figures, measureShape } from "../../../leak-corpus/measure.ts";

// Another seed may draw a secret that fails the conditions, which happens less than once in 500 times.
const measured = loadShapes("tuning").map(measureShape);

test("there are as many shapes as the patterns need", () => {
  expect(measured.length).toBeGreaterThanOrEqual(75);
});

test.each(measured.map((each) => [each.shape.name, each] as const))("%s is found and paired", (_, each) => {
  expect(each.isFound).toBe(true);
  expect(each.falseHits).toEqual([]);
  for (const { client, candidates } of each.finds.filter((find) => find.client.hasId))
    expect(candidates[0]?.clientId).toBe(client.id);
});

test("with other values, nearly all are found and paired as well", () => {
  for (const seed of ["one", "two", "three"]) {
    const result = figures(loadShapes("tuning", seed).map(measureShape));
    expect(result.recall).toBeGreaterThanOrEqual(0.97);
    expect(result.pairedFirst).toBeGreaterThanOrEqual(0.99);
    expect(result.falseHits).toBe(0);
  }
});
