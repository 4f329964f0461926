import { leakPatterns } from "../../../../core/leak/patterns/leak-patterns.ts";
import { matchesIn } from "../../../../core/leak/patterns/matches.ts";
import { lookalikeTexts } from "../../../leak-corpus/lookalikes.ts";

test("what looks like a secret and is none is not hit", () => {
  const texts = lookalikeTexts();
  expect(texts.length).toBeGreaterThan(400);
  expect(texts.filter((text) => matchesIn(text, leakPatterns).length > 0)).toEqual([]);
});
