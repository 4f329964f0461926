import { type AllowlistEntry, parseAllowlistEntry } from "./entry.ts";
import { entryFaults, type Fault } from "./entry-faults.ts";
import { parseNetwork } from "./network.ts";
import { type AllowlistOptions, addressesOf, maximumAllowlistCidrs } from "./options.ts";
import { covers, resolveEntries } from "./resolve.ts";

export interface AllowlistProblem {
  code: Fault["code"] | "duplicate" | "too-many" | "empty" | "lockout";
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
