import { BlockList } from "node:net";
import fc from "fast-check";
import { canonicalCidr } from "../../../core/allowlist/entry.ts";
import { covers, resolveEntries } from "../../../core/allowlist/resolve.ts";
import { proof } from "../../proof.ts";
import { block } from "./addresses.ts";

describe("resolveEntries", () => {
  test("replaces egresses, sorts, and drops what is said twice", () => {
    expect(
      resolveEntries(["52.204.9.0/24", "egress:primary", "18.0.0.7", "egress:dr"], {
        primary: ["52.204.1.7", "52.204.1.3"],
        dr: ["52.204.1.3/32", "18.0.0.7"],
      }),
    ).toEqual(["18.0.0.7/32", "52.204.1.3/32", "52.204.1.7/32", "52.204.9.0/24"]);
  });

  test("needs no egress where none is named", () => {
    expect(resolveEntries([])).toEqual([]);
  });

  test("refuses an egress that is not declared, even one that every object inherits", () => {
    expect(() => resolveEntries(["egress:dr"], { primary: [] })).toThrow(
      new RangeError('"egress:dr" names an egress that is not declared'),
    );
    expect(() => resolveEntries(["egress:constructor"])).toThrow(RangeError);
  });

  test("refuses a malformed entry instead of leaving it out", () => {
    expect(() => resolveEntries(["office"])).toThrow(
      new RangeError(
        '"office" is neither an address nor a CIDR nor an egress. Write a CIDR such as 52.204.1.0/24, a single address, or egress:NAME',
      ),
    );
    expect(() => resolveEntries(["egress:primary"], { primary: ["office"] })).toThrow(RangeError);
  });

  proof(
    "the order and repetition of entries make no difference",
    { quick: 200, full: 5000 },
    (numRuns, seed) => {
      const entries = fc.array(
        block.map(({ address, prefix }) => String(canonicalCidr(`${address}/${prefix}`))),
        { maxLength: 12 },
      );
      fc.assert(
        fc.property(entries, fc.infiniteStream(fc.nat()), (list, random) => {
          const shuffled = [...list, ...list]
            .map((entry) => ({ entry, key: random.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ entry }) => entry);
          const resolved = resolveEntries(list);
          expect(resolveEntries(shuffled)).toEqual(resolved);
          expect(new Set(resolved)).toEqual(new Set(list));
          expect(resolved.length).toBe(new Set(list).size);
        }),
        { numRuns, seed },
      );
    },
  );
});

describe("covers", () => {
  test("what is no CIDR covers nothing and is covered by nothing", () => {
    expect(covers(["0.0.0.0/0"], "office")).toBe(false);
    expect(covers(["office", "egress:primary"], "52.204.1.7")).toBe(false);
    expect(covers([], "52.204.1.7")).toBe(false);
  });

  test("a block is covered only as a whole", () => {
    expect(covers(["52.204.1.0/25", "52.204.1.128/25"], "52.204.1.0/24")).toBe(false);
    expect(covers(["52.204.0.0/16"], "52.204.1.0/24")).toBe(true);
  });

  proof("agrees with node:net's BlockList on every address", { quick: 500, full: 20000 }, (numRuns, seed) => {
    const family = (of: 4 | 6) => (of === 4 ? "ipv4" : "ipv6");
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), block, fc.nat(), (blocks, other, pick) => {
        // An address from one of the blocks as often as a stranger.
        const from = [...blocks, other][pick % (blocks.length + 1)] ?? other;
        // A BlockList of both families takes an IPv4-mapped IPv6 address for the IPv4 address.
        const list = new BlockList();
        for (const each of blocks)
          if (each.family === from.family) list.addSubnet(each.address, each.prefix, family(each.family));
        expect(
          covers(
            blocks.map((each) => `${each.address}/${each.prefix}`),
            from.address,
          ),
        ).toBe(list.check(from.address, family(from.family)));
      }),
      { numRuns, seed },
    );
  });
});
