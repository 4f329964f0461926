import fc from "fast-check";
import {
  compareNetworks,
  contains,
  formatNetwork,
  networkOf,
  overlap,
  parseNetwork,
} from "../../../core/allowlist/network.ts";
import { proof } from "../../proof.ts";
import { block, boundsOf } from "./addresses.ts";

const text = ({ address, prefix }: { address: string; prefix: number }) => `${address}/${prefix}`;

test("networkOf names the text that is no network", () => {
  expect(() => networkOf("office")).toThrow(new RangeError('"office" is no address and no CIDR'));
});

test("parseNetwork clears host bits", () => {
  expect(formatNetwork(networkOf("52.204.1.7/24"))).toBe("52.204.1.0/24");
  expect(parseNetwork("52.204.1.7/33")).toBeUndefined();
});

test.each([
  ["10.0.0.0/8", "10.0.0.0/8", true, true],
  ["10.0.0.0/8", "10.255.255.255", true, true],
  ["10.0.0.0/8", "11.0.0.0", false, false],
  ["10.0.0.0/9", "10.0.0.0/8", true, false],
  ["::/0", "0.0.0.0", false, false],
  ["0.0.0.0/0", "::1", false, false],
  ["::/0", "2600::/12", true, true],
])("%s against %s: overlap %s, contains %s", (outer, inner, overlaps, holds) => {
  expect(overlap(networkOf(outer), networkOf(inner))).toBe(overlaps);
  expect(contains(networkOf(outer), networkOf(inner))).toBe(holds);
});

test("networks sort by family, address and width", () => {
  const sorted = [
    "9.0.0.0/8",
    "10.0.0.0/8",
    "10.0.0.0/16",
    "10.0.1.0/24",
    "100.0.0.0/8",
    "::/128",
    "2600::/12",
  ];
  const shuffled = [
    "2600::/12",
    "10.0.1.0/24",
    "100.0.0.0/8",
    "::/128",
    "10.0.0.0/16",
    "9.0.0.0/8",
    "10.0.0.0/8",
  ];
  expect(shuffled.map(networkOf).sort(compareNetworks).map(formatNetwork)).toEqual(sorted);
});

proof(
  "overlap and contains agree with the arithmetic of first and last address",
  { quick: 500, full: 20000 },
  (numRuns, seed) => {
    // Blocks of one neighbourhood, so that all relations occur.
    const near = fc.oneof(
      fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 24, max: 32 })).map(([host, prefix]) => ({
        family: 4 as const,
        address: `52.204.1.${host * 32}`,
        prefix,
      })),
      block,
    );
    fc.assert(
      fc.property(near, near, (a, b) => {
        const [firstA, lastA] = boundsOf(a);
        const [firstB, lastB] = boundsOf(b);
        const same = a.family === b.family;
        expect(overlap(networkOf(text(a)), networkOf(text(b)))).toBe(
          same && firstA <= lastB && firstB <= lastA,
        );
        expect(contains(networkOf(text(a)), networkOf(text(b)))).toBe(
          same && firstA <= firstB && lastB <= lastA,
        );
      }),
      { numRuns, seed },
    );
  },
);
