import { formatNetwork, hasHostBits, parseNetwork } from "./network.ts";

/** One entry of an allowlist, as it is written in configuration. */
export type AllowlistEntry =
  | {
      kind: "cidr";
      family: 4 | 6;
      /** Canonical text with the prefix, such as `52.204.1.0/24` or `52.204.1.7/32`. */
      network: string;
      prefix: number;
    }
  /** `egress:NAME`: the addresses of an egress that the program declares elsewhere. */
  | { kind: "egress"; name: string }
  | { kind: "invalid"; reason: string; fix: string };

const egress = /^egress:(.*)$/s;
const egressName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
const example = "Write a CIDR such as 52.204.1.0/24, a single address, or egress:NAME";

/** Reads one entry: a CIDR with clear host bits, a single address, or `egress:NAME`. Never throws. */
export const parseAllowlistEntry = (text: string): AllowlistEntry => {
  const name = egress.exec(text)?.[1];
  if (name !== undefined)
    return egressName.test(name)
      ? { kind: "egress", name }
      : {
          kind: "invalid",
          reason: "does not name an egress",
          fix: "Name the egress with 1 to 63 letters, digits, dots, dashes or underscores, such as egress:primary",
        };
  const network = parseNetwork(text);
  if (network === undefined)
    return { kind: "invalid", reason: "is neither an address nor a CIDR nor an egress", fix: example };
  const canonical = formatNetwork(network);
  if (hasHostBits(network))
    return {
      kind: "invalid",
      reason: "has bits set beyond its prefix, so that it is unclear which addresses are meant",
      fix: `Write ${canonical} for the whole block, or the address alone for one host`,
    };
  return { kind: "cidr", family: network.family, network: canonical, prefix: network.prefix };
};

/**
 * The one way to write a block of addresses: with its prefix, host bits clear, IPv6 as in RFC 5952. For comparing
 * what the platform answers with what was asked; undefined if `text` is no address and no CIDR.
 */
export const canonicalCidr = (text: string): string | undefined => {
  const network = parseNetwork(text);
  return network && formatNetwork(network);
};
