import * as v from "valibot";
import { parseAllowlistEntry } from "../../../core/allowlist/entry.ts";
import { type CheckFailure, isUnknown } from "../../dynamic/provider.ts";

/** The inputs that say from where a client may be used. */
export const allowlistEntries = {
  allowedIps: v.optional(v.array(v.string())),
  egress: v.optional(v.record(v.string(), v.array(v.string()))),
  allowlistEnforcement: v.optional(
    v.picklist(["client", "organisation", "declared"], "It must be client, organisation or declared"),
    "declared",
  ),
};

export const allowlistExamples = {
  allowedIps: ["52.204.1.0/24", "egress:primary"],
  egress: { primary: ["52.204.1.7"] },
  allowlistEnforcement: "declared",
};

/** What is no address, and egresses whose addresses are needed and not given. */
export const allowlistFailures = ({
  allowedIps,
  egress,
  allowlistEnforcement,
}: Partial<Record<string, unknown>>): CheckFailure[] =>
  (Array.isArray(allowedIps) ? allowedIps : []).flatMap((text: unknown, i) => {
    if (typeof text !== "string" || isUnknown(text)) return [];
    const property = `allowedIps[${i}]`;
    const entry = parseAllowlistEntry(text);
    if (entry.kind === "invalid")
      return [{ property, reason: `${JSON.stringify(text)} ${entry.reason}. ${entry.fix}.` }];
    const isResolvable =
      entry.kind === "cidr" ||
      isUnknown(egress) ||
      (typeof egress === "object" && egress !== null && Object.hasOwn(egress, entry.name));
    return isResolvable || allowlistEnforcement !== "client"
      ? []
      : [
          {
            property,
            reason: `${JSON.stringify(text)} stands for addresses that are not given. Give them as egress: {${JSON.stringify(entry.kind === "egress" ? entry.name : "")}: ["52.204.1.7"]}, or write addresses.`,
          },
        ];
  });
