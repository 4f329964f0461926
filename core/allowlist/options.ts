import type { EgressAddresses } from "./resolve.ts";

/** Most CIDRs that the organisation's allowlist holds. https://help.mypurecloud.com/articles/allow-ip-addresses/ */
export const maximumAllowlistCidrs = 150;

/**
 * The shortest prefix that an entry may have. 65,536 IPv4 addresses (/16) is the largest block that one company
 * commonly holds; what is wider is a provider's and so shared with strangers. /48 is what RFC 6177 gives one site.
 */
export const defaultWidestPrefix = { ipv4: 16, ipv6: 48 } as const;

export interface AllowlistOptions {
  /**
   * `organisation` for entries that reach the organisation's allowlist, which is IPv4 only; `client` for a client's
   * own, for which the platform has published no rules yet, so that IPv6 passes.
   * https://help.mypurecloud.com/articles/allow-ip-addresses/
   */
  purpose: "client" | "organisation";
  /** The egresses that are declared. Default: the names of `egressAddresses`; neither given: any name passes. */
  egressNames?: readonly string[] | undefined;
  /** The addresses behind the egresses, as far as they are known; they are judged like entries. */
  egressAddresses?: EgressAddresses | undefined;
  /** Addresses from which the program and its functions call: each must stay allowed. */
  callerAddresses?: readonly string[] | undefined;
  /** Shortest prefix allowed. Default `defaultWidestPrefix`. A prefix of 0 is refused whatever this says. */
  widestPrefix?: { ipv4?: number | undefined; ipv6?: number | undefined } | undefined;
}

/** The addresses behind an egress, as far as they are known. */
export const addressesOf = (name: string, { egressAddresses = {} }: AllowlistOptions): readonly string[] =>
  new Map(Object.entries(egressAddresses)).get(name) ?? [];
