import type { ResourceValidationPolicy } from "@pulumi/policy";
import { allowlistSettings, judgeAllowlist } from "../allowlist.ts";
import { documentation } from "../documentation.ts";
import { isGiven, property } from "../inputs.ts";
import { bridgeSettings, oauthClientOf } from "../oauth-clients.ts";
import { settings } from "../settings.ts";

const name = "client-allowlist";

const { configSchema, read } = settings(name, { ...allowlistSettings, ...bridgeSettings });

/** A secret that leaks is worth nothing where it cannot be used. */
export const clientAllowlist: ResourceValidationPolicy = {
  name,
  displayName: "Client allowlist",
  description: "An OAuth client must be usable from listed public addresses alone.",
  severity: "high",
  enforcementLevel: "mandatory",
  remediationSteps:
    "List the public addresses of the integration's egress: CIDRs such as 52.204.1.0/24, or a reference such as egress:primary.",
  url: documentation(name),
  configSchema,
  validateResource: (args, reportViolation) => {
    const configuration = read(args);
    const client = oauthClientOf(args, configuration);
    if (client === undefined || client.decoy) return;
    const { title, allowlistField: field } = client;
    const allowlist = client.allowlist();
    if (!isGiven(allowlist))
      return reportViolation(
        `${title} must list the addresses from which it may be used, but ${field} is empty. Set it to the public CIDRs of the integration's egress, such as ["52.204.1.0/24"], or to ["egress:NAME"].`,
      );
    const enforced = property(client.inputs, "allowlistEnforcement") === "organisation";
    judgeAllowlist(allowlist, `${title} must be usable from listed public addresses alone, but ${field}`, {
      ...configuration,
      purpose: enforced ? "organisation" : "client",
      reportViolation,
    });
  },
};
