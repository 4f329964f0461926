import { type Network, networkOf, overlap } from "./network.ts";

/**
 * The address blocks from which no caller on the public Internet can come, first match first.
 * https://www.iana.org/assignments/iana-ipv4-special-registry/
 * https://www.iana.org/assignments/iana-ipv6-special-registry/
 * https://www.iana.org/assignments/ipv6-address-space/
 */
const blocks: readonly (readonly [block: string, kind: string])[] = [
  ["0.0.0.0/8", "unspecified"],
  ["10.0.0.0/8", "private"],
  ["100.64.0.0/10", "carrier-grade NAT"],
  ["127.0.0.0/8", "loopback"],
  ["169.254.0.0/16", "link-local"],
  ["172.16.0.0/12", "private"],
  ["192.0.0.0/24", "IETF protocol"],
  ["192.0.2.0/24", "documentation"],
  ["192.31.196.0/24", "AS112 anycast"],
  ["192.52.193.0/24", "AMT anycast"],
  ["192.88.99.0/24", "6to4 relay"],
  ["192.168.0.0/16", "private"],
  ["192.175.48.0/24", "AS112 anycast"],
  ["198.18.0.0/15", "benchmarking"],
  ["198.51.100.0/24", "documentation"],
  ["203.0.113.0/24", "documentation"],
  ["224.0.0.0/4", "multicast"],
  ["240.0.0.0/4", "reserved"],
  ["::/128", "unspecified"],
  ["::1/128", "loopback"],
  ["::ffff:0:0/96", "IPv4-mapped"],
  ["64:ff9b::/96", "NAT64"],
  ["64:ff9b:1::/48", "NAT64"],
  ["100::/64", "discard-only"],
  ["2001::/23", "IETF protocol"],
  ["2001:db8::/32", "documentation"],
  ["2002::/16", "6to4"],
  ["3fff::/20", "documentation"],
  ["5f00::/16", "segment routing"],
  ["fc00::/7", "unique local (private)"],
  ["fe80::/10", "link-local"],
  ["ff00::/8", "multicast"],
  // Global unicast is 2000::/3; these three are its complement.
  ["::/3", "reserved"],
  ["4000::/2", "reserved"],
  ["8000::/1", "reserved"],
];

export interface SpecialRange {
  /** Such as `private` or `link-local`. */
  kind: string;
  /** The block, such as `10.0.0.0/8`. */
  block: string;
}

const ranges = blocks.map(([block, kind]) => ({ block, kind, network: networkOf(block) }));

/** The first special block with which `network` shares an address; undefined if it is public unicast throughout. */
export const specialRange = (network: Network): SpecialRange | undefined => {
  const found = ranges.find((range) => overlap(range.network, network));
  return found && { kind: found.kind, block: found.block };
};
