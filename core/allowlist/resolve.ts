import { parseAllowlistEntry } from "./entry.ts";
import {
  compareNetworks,
  contains,
  formatNetwork,
  type Network,
  networkOf,
  parseNetwork,
} from "./network.ts";

/** The addresses behind each `egress:NAME`. */
export type EgressAddresses = Readonly<Record<string, readonly string[]>>;

/**
 * What the entries mean in addresses: each `egress:NAME` replaced, canonical, sorted, without duplicates.
 *
 * @throws RangeError on an entry that `allowlistProblems` reports as malformed or as an unknown egress: leaving it
 *   out would lock somebody out.
 */
export const resolveEntries = (entries: readonly string[], egress: EgressAddresses = {}): string[] => {
  const networks = entries.flatMap((text) => resolveEntry(text, egress));
  return [...new Set(networks.sort(compareNetworks).map(formatNetwork))];
};

const resolveEntry = (text: string, egress: EgressAddresses): Network[] => {
  const entry = parseAllowlistEntry(text);
  switch (entry.kind) {
    case "cidr":
      return [networkOf(entry.network)];
    case "egress": {
      const addresses = new Map(Object.entries(egress)).get(entry.name);
      if (addresses === undefined) throw new RangeError(`"${text}" names an egress that is not declared`);
      return addresses.map(networkOf);
    }
    case "invalid":
      throw new RangeError(`"${text}" ${entry.reason}. ${entry.fix}`);
  }
};

/** Whether one of the resolved entries contains the address or the whole block. What is no CIDR covers nothing. */
export const covers = (entries: readonly string[], address: string): boolean => {
  const inner = parseNetwork(address);
  if (inner === undefined) return false;
  return entries.some((entry) => {
    const outer = parseNetwork(entry);
    return outer !== undefined && contains(outer, inner);
  });
};
