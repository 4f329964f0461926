import * as v from "valibot";
import { tokenLifetimeSeconds } from "../../../core/lifetimes.ts";
import { type InputsOf, inputRules } from "../../dynamic/check.ts";
import type { ResourceProvider } from "../../dynamic/provider.ts";
import type { Session } from "../session.ts";
import { allowlistEntries, allowlistExamples, allowlistFailures } from "./client-allowlist.ts";
import {
  type ClientOutputs,
  clientEntries,
  clientExamples,
  grantTypes,
  rightsFailures,
  seconds,
  sinkFailures,
} from "./client-inputs.ts";
import { createClientProvider } from "./client-provider.ts";

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
    ...allowlistEntries,
  },
  examples: {
    ...clientExamples,
    authorizedGrantType: "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: tokenLifetimeSeconds.default,
    state: "active",
    dateToDelete: "2027-01-31T00:00:00Z",
    ...allowlistExamples,
  },
  across: (inputs) => [...rightsFailures(inputs), ...sinkFailures(inputs), ...allowlistFailures(inputs)],
});

export type OauthClientInputs = InputsOf<typeof rules> & { token: string };

export const createOauthClientProvider = (
  session: () => Session,
): ResourceProvider<OauthClientInputs, ClientOutputs> =>
  createClientProvider({ rules, complete: (inputs: OauthClientInputs) => inputs }, session);
