import * as v from "valibot";
import { AmbiguousOutcomeError } from "../../../apis/genesys/errors.ts";
import { canonicalCidr } from "../../../core/allowlist/entry.ts";
import { allowlistProblems } from "../../../core/allowlist/problems.ts";
import { type EgressAddresses, resolveEntries } from "../../../core/allowlist/resolve.ts";
import { checkInputs, holdsUnknown, type InputsOf, inputRules } from "../../dynamic/check.ts";
import { unordered } from "../../dynamic/diff.ts";
import { PartialFailure } from "../../dynamic/partial.ts";
import { type CheckFailure, isUnknown, type ResourceProvider } from "../../dynamic/provider.ts";
import { ProviderError } from "../errors.ts";
import { createOccupancy } from "../occupancy.ts";
import type { Session } from "../session.ts";

const address = v.pipe(
  v.string(),
  v.check((value) => canonicalCidr(value) !== undefined, "It must be an address or a CIDR"),
);

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

/** The egresses whose addresses are all known. */
const knownEgress = (egress: object): EgressAddresses =>
  Object.fromEntries(
    Object.entries(egress).filter(([, addresses]) => isTexts(addresses) && !holdsUnknown(addresses)),
  );

/**
 * What the platform would refuse, or regret, before it is asked. How wide a block may be is not among it: that is
 * for a policy, which can be configured.
 */
const judgeEntries = ({ entries, egress, callerAddresses }: Record<string, unknown>): CheckFailure[] => {
  if (!isTexts(entries)) return [];
  const whole = !holdsUnknown(entries);
  const declared = egress ?? {};
  const options = {
    purpose: "organisation",
    ...(typeof declared === "object"
      ? { egressNames: Object.keys(declared), egressAddresses: knownEgress(declared) }
      : {}),
    callerAddresses: isTexts(callerAddresses) ? callerAddresses.filter((each) => !isUnknown(each)) : [],
    widestPrefix: { ipv4: 1 },
  } as const;
  const problems = whole
    ? allowlistProblems(entries, options)
    : // An unknown entry may be the one that covers a caller, so each of the others is judged alone.
      entries.flatMap((entry, index) =>
        isUnknown(entry)
          ? []
          : allowlistProblems([entry], { ...options, callerAddresses: [] }).map((each) => ({
              ...each,
              index,
            })),
      );
  return problems.map(({ code, entry, index, reason, fix }) => ({
    property: code === "lockout" ? "callerAddresses" : index === undefined ? "entries" : `entries[${index}]`,
    reason: `${entry === "" ? "The list" : entry} ${reason}. ${fix}.`,
  }));
};

const rules = inputRules({
  entries: {
    entries: v.array(v.string()),
    egress: v.optional(
      v.record(v.string(), v.pipe(v.array(address), v.minLength(1, "It must name an address"))),
    ),
    callerAddresses: v.optional(v.array(address)),
    adoptId: v.optional(v.literal("organization")),
  },
  examples: {
    entries: ["52.204.1.0/24", "egress:primary"],
    egress: { primary: ["52.204.7.1"] },
    callerAddresses: ["52.204.7.1"],
    adoptId: "organization",
  },
  across: judgeEntries,
});

export type IpAllowlistInputs = InputsOf<typeof rules>;

export interface IpAllowlistOutputs extends IpAllowlistInputs {
  addresses: string[];
  previous: string[];
}

const id = "organization";

/** One spelling, so that what the platform answers compares with what was asked. */
const spell = (address: unknown): string => canonicalCidr(String(address)) ?? String(address);

const same = unordered(spell);

const show = (addresses: readonly string[]): string =>
  addresses.length === 0 ? "nothing (open to every address)" : addresses.join(", ");

/** Somebody else's list would be overwritten. */
class AllowlistTakenError extends ProviderError {
  readonly code = "allowlist-taken";

  constructor(found: readonly string[]) {
    super(
      `The organisation's allowlist is in use: it holds ${show(found)}. To replace it, set adoptId: "organization" and declare every address that is still needed; deleting the resource puts the present list back.`,
    );
  }
}

/** Somebody else's change would be undone. */
class AllowlistChangedError extends ProviderError {
  readonly code = "allowlist-changed";

  constructor(found: readonly string[], deployed: readonly string[], previous: readonly string[]) {
    super(
      `The organisation's allowlist is kept: it was changed by somebody else and holds ${show(found)} instead of ${show(deployed)}. To give it up all the same, run pulumi refresh to accept what it holds, then delete again: it goes back to ${show(previous)}.`,
    );
  }
}

/**
 * The organisation's allowlist, of which there is one. Only `ipAddressAllowlist` is ever sent: the same setting
 * holds the rules for passwords and second factors.
 * https://help.mypurecloud.com/articles/allow-ip-addresses/
 */
export const createIpAllowlistProvider = (
  open: () => Session,
): ResourceProvider<IpAllowlistInputs, IpAllowlistOutputs> => {
  const occupied = createOccupancy();

  const current = async (): Promise<string[]> =>
    ((await open().api.organization.authenticationSettings()).ipAddressAllowlist ?? []).map(spell);

  const write = async (addresses: string[]): Promise<void> => {
    await open().api.organization.updateAuthenticationSettings({ ipAddressAllowlist: addresses });
  };

  return {
    check: async (_olds, news) => {
      const result = checkInputs(rules, news);
      occupied.declare(result.inputs);
      return result;
    },

    diff: async (_id, olds, news) => {
      occupied.keep(id, news);
      const { entries, egress = {} } = news;
      const changes =
        holdsUnknown([entries, egress]) ||
        !same(olds.entries, entries) ||
        !same(olds.addresses, resolveEntries(entries, egress));
      return { changes };
    },

    /**
     * What is found is put back one day, so it must be known for sure. A list that holds exactly what is declared,
     * unasked for, is the work of a create that died after its call: it began with an empty list, or it would have
     * been refused. With `adoptId` the list stays as it is on deletion: too strict rather than open.
     */
    create: async (inputs) => {
      const addresses = resolveEntries(inputs.entries, inputs.egress);
      const found = await current();
      const ours = same(found, addresses);
      if (found.length > 0 && inputs.adoptId === undefined && !ours) throw new AllowlistTakenError(found);
      occupied.take(id);
      const outs = { ...inputs, addresses, previous: inputs.adoptId === undefined && ours ? [] : found };
      if (ours) return { id, outs };
      try {
        await write(addresses);
      } catch (error) {
        if (!(error instanceof AmbiguousOutcomeError)) throw error;
        throw new PartialFailure(id, outs, [error.message], error);
      }
      return { id, outs };
    },

    /** An empty list is drift and not an absent one: what was there before must not be forgotten. */
    read: async (_id, props) => {
      const addresses = await current();
      const { addresses: deployed, previous, ...declared } = props;
      const inputs = same(addresses, deployed) ? declared : { ...declared, entries: addresses };
      return { id, inputs, props: { ...inputs, addresses, previous } };
    },

    update: async (_id, olds, news) => {
      const addresses = resolveEntries(news.entries, news.egress);
      if (!same(await current(), addresses)) await write(addresses);
      return { outs: { ...news, addresses, previous: olds.previous } };
    },

    /** Puts back what was there before, unless somebody else has changed the list since: theirs would be lost. */
    delete: async (_id, { addresses, previous }) => {
      if (occupied.has(id)) return;
      const found = await current();
      if (same(found, previous)) return;
      if (!same(found, addresses)) throw new AllowlistChangedError(found, addresses, previous);
      await write(previous);
    },
  };
};
