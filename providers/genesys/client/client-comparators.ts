import { canonicalCidr } from "../../../core/allowlist/entry.ts";
import { type Comparators, exact, ignored, normalised, unordered } from "../../dynamic/diff.ts";
import type { ClientInputs } from "./client-inputs.ts";

/** When two declarations of a client mean the same. */
export const clientComparators: Comparators<ClientInputs> = {
  // Both stand in the marker, which is compared as a whole.
  owner: ignored,
  token: ignored,
  name: exact,
  description: normalised((text) => (text === "" ? undefined : text)),
  authorizedGrantType: exact,
  accessTokenValiditySeconds: exact,
  roles: unordered(),
  scope: unordered(),
  registeredRedirectUri: unordered(),
  state: exact,
  dateToDelete: normalised((date) => (date === undefined ? undefined : Date.parse(String(date)))),
  allowedIps: unordered((entry) => canonicalCidr(String(entry)) ?? entry),
  egress: exact,
  allowlistEnforcement: exact,
  secretSink: exact,
  secretGeneration: exact,
  // Says how the resource came to its client, not what the client is.
  adoptId: ignored,
};
