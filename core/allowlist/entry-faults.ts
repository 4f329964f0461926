import type { AllowlistEntry } from "./entry.ts";
import { networkOf, parseNetwork } from "./network.ts";
import { type AllowlistOptions, addressesOf, defaultWidestPrefix } from "./options.ts";
import { specialRange } from "./special-ranges.ts";

/** What can be wrong with one entry whatever else is in the list. */
export interface Fault {
  code: "malformed" | "open" | "too-wide" | "not-public" | "ipv6" | "unknown-egress";
  /** What is wrong, a predicate of the entry: `lets every address in`. */
  reason: string;
  /** What to do, an imperative sentence without its full stop. */
  fix: string;
}

export const entryFaults = (entry: AllowlistEntry, options: AllowlistOptions): Fault[] => {
  switch (entry.kind) {
    case "invalid":
      return [{ code: "malformed", reason: entry.reason, fix: entry.fix }];
    case "cidr":
      return networkFaults(entry.network, options);
    case "egress":
      return egressFaults(entry.name, options);
  }
};

const networkFaults = (cidr: string, options: AllowlistOptions): Fault[] => {
  const network = networkOf(cidr);
  if (network.prefix === 0)
    return [
      {
        code: "open",
        reason: "lets every address in",
        fix: "List the addresses from which the calls really come, or remove the entry",
      },
    ];
  if (network.family === 6 && options.purpose === "organisation")
    return [
      {
        code: "ipv6",
        reason: "is IPv6, and the organisation's allowlist holds IPv4 only",
        fix: "Write the IPv4 address of the same egress",
      },
    ];
  const special = specialRange(network);
  if (special !== undefined)
    return [
      {
        code: "not-public",
        reason: `overlaps the ${special.kind} range ${special.block}, from which no call can reach the platform`,
        fix: "Write the public address behind which the callers appear",
      },
    ];
  const widest =
    network.family === 4
      ? (options.widestPrefix?.ipv4 ?? defaultWidestPrefix.ipv4)
      : (options.widestPrefix?.ipv6 ?? defaultWidestPrefix.ipv6);
  return network.prefix >= widest
    ? []
    : [
        {
          code: "too-wide",
          reason: `is wider than the widest block allowed, /${widest}`,
          fix: `Split it into the blocks that are yours, each /${widest} or longer`,
        },
      ];
};

const egressFaults = (name: string, options: AllowlistOptions): Fault[] => {
  const known = options.egressNames ?? (options.egressAddresses && Object.keys(options.egressAddresses));
  if (known !== undefined && !known.includes(name))
    return [
      {
        code: "unknown-egress",
        reason: "names an egress that is not declared",
        fix:
          known.length === 0
            ? "Declare the egress, or write its addresses"
            : `Write one of ${known.map((each) => `egress:${each}`).join(", ")}, or declare the egress`,
      },
    ];
  return addressesOf(name, options).flatMap((address) => {
    const faults: Fault[] =
      parseNetwork(address) === undefined
        ? [{ code: "malformed", reason: "is no address", fix: "Correct the addresses of the egress" }]
        : networkFaults(address, options);
    return faults.map((fault) => ({ ...fault, reason: `stands for ${address}, which ${fault.reason}` }));
  });
};
