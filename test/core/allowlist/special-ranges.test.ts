import { BlockList, isIPv6 } from "node:net";
import fc from "fast-check";
import { networkOf } from "../../../core/allowlist/network.ts";
import { specialRange } from "../../../core/allowlist/special-ranges.ts";
import { proof } from "../../proof.ts";

/** From the registries of IANA, written down a second time as first and last address. */
const special = [
  ["0.0.0.0", "0.255.255.255", "unspecified"],
  ["10.0.0.0", "10.255.255.255", "private"],
  ["100.64.0.0", "100.127.255.255", "carrier-grade NAT"],
  ["127.0.0.0", "127.255.255.255", "loopback"],
  ["169.254.0.0", "169.254.255.255", "link-local"],
  ["172.16.0.0", "172.31.255.255", "private"],
  ["192.0.0.0", "192.0.0.255", "IETF protocol"],
  ["192.0.2.0", "192.0.2.255", "documentation"],
  ["192.31.196.0", "192.31.196.255", "AS112 anycast"],
  ["192.52.193.0", "192.52.193.255", "AMT anycast"],
  ["192.88.99.0", "192.88.99.255", "6to4 relay"],
  ["192.168.0.0", "192.168.255.255", "private"],
  ["192.175.48.0", "192.175.48.255", "AS112 anycast"],
  ["198.18.0.0", "198.19.255.255", "benchmarking"],
  ["198.51.100.0", "198.51.100.255", "documentation"],
  ["203.0.113.0", "203.0.113.255", "documentation"],
  ["224.0.0.0", "239.255.255.255", "multicast"],
  ["240.0.0.0", "255.255.255.255", "reserved"],
  ["::", "::", "unspecified"],
  ["::1", "::1", "loopback"],
  ["::2", "::fffe:ffff:ffff", "reserved"],
  ["::ffff:0:0", "::ffff:ffff:ffff", "IPv4-mapped"],
  ["64:ff9b::", "64:ff9b::ffff:ffff", "NAT64"],
  ["64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "NAT64"],
  ["100::", "100::ffff:ffff:ffff:ffff", "discard-only"],
  ["100:0:0:1::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "reserved"],
  ["2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "IETF protocol"],
  ["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "documentation"],
  ["2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "6to4"],
  ["3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "documentation"],
  ["4000::", "5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "reserved"],
  ["5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "segment routing"],
  ["5f01::", "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "reserved"],
  ["8000::", "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "reserved"],
  ["fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "unique local (private)"],
  ["fe00::", "fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "reserved"],
  ["fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "link-local"],
  ["fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "reserved"],
  ["ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "multicast"],
] as const;

test.each(special)("%s to %s is %s", (first, last, kind) => {
  expect(specialRange(networkOf(first))?.kind).toBe(kind);
  expect(specialRange(networkOf(last))?.kind).toBe(kind);
});

test.each([
  ["1.0.0.0", "9.255.255.255"],
  ["11.0.0.0", "100.63.255.255"],
  ["100.128.0.0", "126.255.255.255"],
  ["128.0.0.0", "169.253.255.255"],
  ["169.255.0.0", "172.15.255.255"],
  ["172.32.0.0", "191.255.255.255"],
  ["192.0.1.0", "192.0.1.255"],
  ["192.0.3.0", "192.31.195.255"],
  ["192.169.0.0", "192.175.47.255"],
  ["192.175.49.0", "198.17.255.255"],
  ["198.20.0.0", "198.51.99.255"],
  ["203.0.114.0", "223.255.255.255"],
  ["2001:200::", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:db9::", "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2003::", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["3fff:1000::", "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
])("%s and %s are public", (first, last) => {
  expect(specialRange(networkOf(first))).toBeUndefined();
  expect(specialRange(networkOf(last))).toBeUndefined();
});

test("a public block that holds a special one is told which", () => {
  expect(specialRange(networkOf("192.0.0.0/16"))).toEqual({ kind: "IETF protocol", block: "192.0.0.0/24" });
  expect(specialRange(networkOf("203.0.0.0/16"))).toEqual({ kind: "documentation", block: "203.0.113.0/24" });
});

proof(
  "an address is special exactly when node:net finds it in the list",
  { quick: 1000, full: 50000 },
  (numRuns, seed) => {
    const lists = { 4: new BlockList(), 6: new BlockList() };
    for (const [first, last] of special)
      lists[isIPv6(first) ? 6 : 4].addRange(first, last, isIPv6(first) ? "ipv6" : "ipv4");
    // Global unicast is 2000::/3 and nothing else.
    lists[6].addRange("::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ipv6");
    lists[6].addRange("4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ipv6");
    const publicIpv6 = fc
      .tuple(fc.integer({ min: 0x2000, max: 0x3fff }), fc.nat(0xffff), fc.nat(0xffff))
      .map((parts) => `${parts.map((part) => part.toString(16)).join(":")}::`);
    const address = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      publicIpv6,
      fc.constantFrom(...special).map(([first]) => first),
    );
    fc.assert(
      fc.property(address, (each) => {
        const found = isIPv6(each) ? lists[6].check(each, "ipv6") : lists[4].check(each, "ipv4");
        expect(specialRange(networkOf(each)) !== undefined).toBe(found);
      }),
      { numRuns, seed },
    );
  },
);
