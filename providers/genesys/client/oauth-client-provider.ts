import * as v from "valibot";
import { parseAllowlistEntry } from "../../../core/allowlist/entry.ts";
import { tokenLifetimeSeconds } from "../../../core/lifetimes.ts";
import { type InputsOf, inputRules } from "../../dynamic/check.ts";
import { type CheckFailure, isUnknown, type ResourceProvider } from "../../dynamic/provider.ts";
import type { Session } from "../session.ts";
import {
  type ClientOutputs,
  clientEntries,
  clientExamples,
  grantTypes,
  rightsFailures,
  seconds,
} from "./client-inputs.ts";
import { createClientProvider } from "./client-provider.ts";

const allowlistFailures = ({
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

const rules = inputRules({
  entries: {
    ...clientEntries,
    authorizedGrantType: v.optional(
      v.picklist(grantTypes, `It must be one of ${grantTypes.join(", ")}`),
      "CLIENT-CREDENTIALS",
    ),
    accessTokenValiditySeconds: v.optional(
      seconds(tokenLifetimeSeconds.minimum, tokenLifetimeSeconds.maximum),
      tokenLifetimeSeconds.default,
    ),
    state: v.optional(
      v.picklist(["active", "disabled", "inactive"], "It must be active, disabled or inactive"),
      "active",
    ),
    dateToDelete: v.optional(
      v.pipe(
        v.string(),
        v.check((date) => !Number.isNaN(Date.parse(date)), "It must be an ISO 8601 time"),
      ),
    ),
    allowedIps: v.optional(v.array(v.string())),
    egress: v.optional(v.record(v.string(), v.array(v.string()))),
    allowlistEnforcement: v.optional(
      v.picklist(["client", "organisation", "declared"], "It must be client, organisation or declared"),
      "declared",
    ),
  },
  examples: {
    ...clientExamples,
    authorizedGrantType: "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: tokenLifetimeSeconds.default,
    state: "active",
    dateToDelete: "2027-01-31T00:00:00Z",
    allowedIps: ["52.204.1.0/24", "egress:primary"],
    egress: { primary: ["52.204.1.7"] },
    allowlistEnforcement: "declared",
  },
  across: (inputs) => [...rightsFailures(inputs), ...allowlistFailures(inputs)],
});

export type OauthClientInputs = InputsOf<typeof rules> & { token: string };

export const createOauthClientProvider = (
  session: () => Session,
): ResourceProvider<OauthClientInputs, ClientOutputs> =>
  createClientProvider({ rules, complete: (inputs: OauthClientInputs) => inputs }, session);
