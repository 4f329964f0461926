import type { ResourceValidationPolicy } from "@pulumi/policy";
import { documentation } from "../documentation.ts";
import { isGiven } from "../inputs.ts";
import { bridgeSettings, oauthClientOf } from "../oauth-clients.ts";
import { settings } from "../settings.ts";

const name = "decoy-without-allowlist";

const { configSchema, read } = settings(name, bridgeSettings);

/** A decoy that refuses strangers sees no stranger: the platform reports no denied attempt. */
export const decoyWithoutAllowlist: ResourceValidationPolicy = {
  name,
  displayName: "Decoy without allowlist",
  description: "A decoy client must be open to every address.",
  severity: "medium",
  enforcementLevel: "mandatory",
  remediationSteps: "Remove the allowlist from the decoy; what protects it is that it can do nothing.",
  url: documentation(name),
  configSchema,
  validateResource: (args, reportViolation) => {
    const client = oauthClientOf(args, read(args));
    if (!client?.decoy || !isGiven(client.allowlist())) return;
    reportViolation(
      `${client.title} must be open to every address, or a thief is turned away unseen, but ${client.allowlistField} restricts it. Remove ${client.allowlistField}.`,
    );
  },
};
