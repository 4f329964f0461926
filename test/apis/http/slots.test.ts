import fc from "fast-check";
import { createSlots } from "../../../apis/http/slots.ts";
import { proof } from "../../proof.ts";

proof(
  "never more than the slots are under way, in the order of asking, and failures free their slot",
  { quick: 200, full: 5_000 },
  async (numRuns, seed) => {
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.record({ turns: fc.nat(5), fails: fc.boolean(), throws: fc.boolean() }), { maxLength: 40 }),
      async (count, works) => {
        const slots = createSlots(count);
        let underWay = 0;
        let most = 0;
        const began: number[] = [];
        const results = await Promise.allSettled(
          works.map(({ turns, fails, throws }, index) =>
            slots(() => {
              began.push(index);
              if (throws) throw new Error(`${index}`);
              underWay += 1;
              most = Math.max(most, underWay);
              const work = async () => {
                for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
                underWay -= 1;
                if (fails) throw new Error(`${index}`);
                return index;
              };
              return work();
            }),
          ),
        );
        expect(most).toBeLessThanOrEqual(count);
        expect(began).toEqual(works.map((_, index) => index));
        results.forEach((result, index) => {
          const failed = works[index]?.fails === true || works[index]?.throws === true;
          expect(result.status).toBe(failed ? "rejected" : "fulfilled");
          if (result.status === "fulfilled") expect(result.value).toBe(index);
        });
      },
    );
    await fc.assert(property, { numRuns, seed });
  },
);
