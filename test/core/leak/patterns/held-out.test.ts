import { loadShapes } from "../../../leak-corpus/corpus.ts";
import { figures, measureShape } from "../../../leak-corpus/measure.ts";

test("the half of the corpus that no pattern was made with is found and paired", () => {
  const result = figures(loadShapes("held-out").map(measureShape));
  console.log(
    `Held-out shapes: ${result.shapes}. Found: ${(100 * result.recall).toFixed(1)} %. ` +
      `Right id among the first three: ${(100 * result.pairedInThree).toFixed(1)} % of ${result.pairs} pairs, ` +
      `first: ${(100 * result.pairedFirst).toFixed(1)} %. False hits: ${result.falseHits}.`,
  );
  expect(result.shapes).toBeGreaterThanOrEqual(75);
  expect(result.recall).toBeGreaterThanOrEqual(0.9);
  expect(result.pairedInThree).toBeGreaterThanOrEqual(0.95);
  expect(result.falseHits).toBe(0);
});
