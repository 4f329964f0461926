import { defaultWidestPrefix } from "../core/allowlist/options.ts";
import { allowlistProblems } from "../core/allowlist/problems.ts";
import { tokens } from "../core/tokens.ts";
import { type Inputs, isGiven, judgeEach, judgeElements, property } from "./inputs.ts";
import { integer } from "./settings.ts";
import { bridged } from "./tokens.ts";

export const allowlistSettings = {
  widestIpv4Prefix: integer("Prefix of the widest IPv4 block that may be listed.", {
    minimum: 8,
    maximum: 32,
    fallback: defaultWidestPrefix.ipv4,
  }),
  widestIpv6Prefix: integer("Prefix of the widest IPv6 block that may be listed.", {
    minimum: 16,
    maximum: 128,
    fallback: defaultWidestPrefix.ipv6,
  }),
} as const;

interface Judgement {
  purpose: "client" | "organisation";
  widestIpv4Prefix: number;
  widestIpv6Prefix: number;
  reportViolation(message: string): void;
}

/** Reports every problem of an allowlist that is not empty. `subject` begins the sentence: "X must ..., but FIELD". */
export const judgeAllowlist = (allowlist: unknown, subject: string, judgement: Judgement): void => {
  const { purpose, widestIpv4Prefix, widestIpv6Prefix, reportViolation } = judgement;
  if (!Array.isArray(allowlist)) {
    reportViolation(`${subject} is no list. Write a list of CIDRs.`);
    return;
  }
  const entries: string[] = [];
  const positions: number[] = [];
  judgeEach([
    () =>
      judgeElements(allowlist, (entry, index) => {
        if (typeof entry !== "string")
          return reportViolation(`${subject}[${index}] is no text. Write a CIDR such as 52.204.1.0/24.`);
        entries.push(entry);
        positions.push(index);
      }),
    () => {
      // Every entry was unknown or no text, which has been said.
      if (entries.length === 0) return;
      const widestPrefix = { ipv4: widestIpv4Prefix, ipv6: widestIpv6Prefix };
      for (const { entry, index, reason, fix } of allowlistProblems(entries, { purpose, widestPrefix })) {
        const place = index === undefined ? "" : `[${positions[index]}], "${entry}",`;
        reportViolation(`${subject}${place} ${reason}. ${fix}.`);
      }
    },
  ]);
};

/** The inputs that may hold the organisation's allowlist; the bridge puts the names of lists into the plural. */
const fields = new Map<string, readonly string[]>([
  [tokens.ipAllowlist, ["entries"]],
  [bridged.organizationSettings, ["ipAddressAllowlists", "ipAddressAllowlist"]],
]);

/** The organisation's allowlist, if the resource declares one that is not empty, and the input that holds it. */
export const organisationAllowlistOf = ({
  type,
  props,
}: {
  type: string;
  props: Inputs;
}): { field: string; allowlist: unknown } | undefined =>
  fields
    .get(type)
    ?.map((field) => ({ field, allowlist: property(props, field) }))
    .find(({ allowlist }) => isGiven(allowlist));
