import { isIPv4, isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";

/** A block of addresses, its host bits clear. */
export interface Network {
  readonly family: 4 | 6;
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  /** The address as it was written, with its host bits. */
  readonly written: ipaddr.IPv4 | ipaddr.IPv6;
  /** 0 to 32 for IPv4, 0 to 128 for IPv6. */
  readonly prefix: number;
}

const dottedTail = /(?:\d+\.){3}\d+$/;

/** `1.2.3.4` as `102:304`. The library takes `::1.2.3.4` for `::ffff:1.2.3.4`, which is another address. */
const hexadecimal = (tail: string): string =>
  ipaddr.IPv4.parse(tail)
    .toIPv4MappedAddress()
    .parts.slice(6)
    .map((part) => part.toString(16))
    .join(":");

const decimal = /^(?:0|[1-9]\d{0,2})$/;

/**
 * The network of `A.B.C.D/N`, of its IPv6 counterpart, or of a single address; host bits are cleared. Strict, as
 * the platform is unlikely to be kinder: no leading zeros, no netmask, no zone, no blanks.
 */
export const parseNetwork = (text: string): Network | undefined => {
  const [start = "", prefix, ...rest] = text.split("/");
  const family = isIPv4(start) ? 4 : isIPv6(start) && !start.includes("%") ? 6 : undefined;
  if (family === undefined || rest.length > 0) return undefined;
  const address = family === 4 ? start : start.replace(dottedTail, hexadecimal);
  const bits = family === 4 ? 32 : 128;
  const written = ipaddr.parse(address);
  if (prefix === undefined) return { family, address: written, written, prefix: bits };
  if (!decimal.test(prefix) || Number(prefix) > bits) return undefined;
  const kind = family === 4 ? ipaddr.IPv4 : ipaddr.IPv6;
  const network = kind.networkAddressFromCIDR(`${address}/${prefix}`);
  return { family, address: network, written, prefix: Number(prefix) };
};

/**
 * `parseNetwork` for text that has been judged already.
 *
 * @throws RangeError if it is no network.
 */
export const networkOf = (text: string): Network => {
  const network = parseNetwork(text);
  if (network === undefined) throw new RangeError(`"${text}" is no address and no CIDR`);
  return network;
};

/** Whether the text named an address inside the block instead of the block. */
export const hasHostBits = ({ address, written }: Network): boolean =>
  address.toString() !== written.toString();

/** `52.204.1.0/24`; IPv6 addresses as RFC 5952 writes them. */
export const formatNetwork = ({ address, prefix }: Network): string => `${address.toString()}/${prefix}`;

/** Whether the two blocks share an address; one then contains the other. */
export const overlap = (a: Network, b: Network): boolean =>
  a.family === b.family && a.address.match(b.address, Math.min(a.prefix, b.prefix));

/** Whether every address of `inner` belongs to `outer`. */
export const contains = (outer: Network, inner: Network): boolean =>
  outer.prefix <= inner.prefix && overlap(outer, inner);

/** IPv4 before IPv6, then by address, then the wider block first. */
export const compareNetworks = (a: Network, b: Network): number => {
  if (a.family !== b.family) return a.family - b.family;
  const left = a.address.toByteArray();
  const right = b.address.toByteArray();
  const differing = left.findIndex((byte, index) => byte !== right[index]);
  return differing === -1 ? a.prefix - b.prefix : Number(left[differing]) - Number(right[differing]);
};
