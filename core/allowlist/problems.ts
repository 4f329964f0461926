import { type AllowlistEntry, parseAllowlistEntry } from "./entry.ts";
import { networkOf, parseNetwork } from "./network.ts";
import { covers, type EgressAddresses, resolveEntries } from "./resolve.ts";
import { specialRange } from "./special-ranges.ts";

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

export interface AllowlistProblem {
  code:
    | "malformed"
    | "open"
    | "too-wide"
    | "not-public"
    | "ipv6"
    | "duplicate"
    | "unknown-egress"
    | "too-many"
    | "empty"
    | "lockout";
  /** The entry or the caller's address at fault, as written; empty if the list as a whole is. */
  entry: string;
  /** Its position; undefined if no single entry is at fault. */
  index: number | undefined;
  /** What is wrong, a predicate of the entry: `lets every address in`. */
  reason: string;
  /** What to do, an imperative sentence without its full stop. */
  fix: string;
}

interface Parsed {
  text: string;
  entry: AllowlistEntry;
}

/** Everything that is wrong with an allowlist, at once. Never throws. */
export const allowlistProblems = (
  entries: readonly string[],
  options: AllowlistOptions,
): AllowlistProblem[] => {
  const parsed = entries.map((text) => ({ text, entry: parseAllowlistEntry(text) }));
  return [
    ...parsed.flatMap(({ text, entry }, index) =>
      entryFaults(entry, options).map((fault) => ({ ...fault, entry: text, index })),
    ),
    ...duplicates(parsed),
    ...listProblems(parsed, options),
  ];
};

type Fault = Pick<AllowlistProblem, "code" | "reason" | "fix">;

const entryFaults = (entry: AllowlistEntry, options: AllowlistOptions): Fault[] => {
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

const addressesOf = (name: string, { egressAddresses = {} }: AllowlistOptions): readonly string[] =>
  new Map(Object.entries(egressAddresses)).get(name) ?? [];

const duplicates = (parsed: readonly Parsed[]): AllowlistProblem[] => {
  const first = new Map<string, string>();
  return parsed.flatMap(({ text, entry }, index) => {
    if (entry.kind === "invalid") return [];
    const key = entry.kind === "cidr" ? entry.network : text;
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, `entry ${index + 1}, ${text}`);
      return [];
    }
    return [
      { code: "duplicate", entry: text, index, reason: `repeats ${earlier}`, fix: "Remove one of the two" },
    ];
  });
};

const listProblems = (parsed: readonly Parsed[], options: AllowlistOptions): AllowlistProblem[] => {
  if (parsed.length === 0)
    return [
      {
        code: "empty",
        entry: "",
        index: undefined,
        reason: "holds no entry, and an empty list lets every address in",
        fix: "List the addresses from which the calls come, or leave the list out",
      },
    ];
  const resolvable = parsed.filter(({ entry }) => isResolvable(entry, options));
  const resolved = resolveEntries(
    resolvable.map(({ text }) => text),
    options.egressAddresses,
  );
  // An entry that is not understood may be the one that covers the caller.
  const understood = resolvable.length === parsed.length;
  return [...tooMany(resolved), ...(understood ? lockouts(resolved, options) : [])];
};

const tooMany = ({ length }: readonly string[]): AllowlistProblem[] =>
  length <= maximumAllowlistCidrs
    ? []
    : [
        {
          code: "too-many",
          entry: "",
          index: undefined,
          reason: `resolves to ${length} CIDRs, and the platform holds at most ${maximumAllowlistCidrs}`,
          fix: "Join neighbouring blocks, or route the callers through fewer addresses",
        },
      ];

const lockouts = (
  resolved: readonly string[],
  { callerAddresses = [] }: AllowlistOptions,
): AllowlistProblem[] =>
  callerAddresses
    .filter((address) => !covers(resolved, address))
    .map((address) => ({
      code: "lockout",
      entry: address,
      index: undefined,
      reason: "is an address from which this program calls, and no entry covers it",
      fix: `Add ${address} to the entries, or call from an address that is listed`,
    }));

const isResolvable = (entry: AllowlistEntry, options: AllowlistOptions): boolean => {
  if (entry.kind !== "egress") return entry.kind === "cidr";
  const addresses = addressesOf(entry.name, options);
  return addresses.length > 0 && addresses.every((address) => parseNetwork(address) !== undefined);
};
