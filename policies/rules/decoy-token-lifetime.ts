import type { ResourceValidationPolicy } from "@pulumi/policy";
import { decoyLifetimeSeconds } from "../../core/decoy/lifetime.ts";
import { documentation } from "../documentation.ts";
import { bridgeSettings, lifetimeSeconds, oauthClientOf } from "../oauth-clients.ts";
import { integer, settings } from "../settings.ts";

const name = "decoy-token-lifetime";

const { configSchema, read } = settings(name, {
  maximumSeconds: integer("Longest lifetime of a decoy's access tokens, in seconds.", {
    minimum: decoyLifetimeSeconds.minimum,
    maximum: decoyLifetimeSeconds.maximum,
    fallback: decoyLifetimeSeconds.maximum,
  }),
  bridgedDecoys: bridgeSettings.bridgedDecoys,
});

/** A thief of a decoy holds a real token, which the platform has no call to revoke: it must die soon by itself. */
export const decoyTokenLifetime: ResourceValidationPolicy = {
  name,
  displayName: "Decoy token lifetime",
  description: "The access tokens of a decoy client must be short-lived.",
  severity: "high",
  enforcementLevel: "mandatory",
  remediationSteps: `Set accessTokenValiditySeconds to ${decoyLifetimeSeconds.default}, the shortest that the platform allows.`,
  url: documentation(name),
  configSchema,
  validateResource: (args, reportViolation) => {
    const { maximumSeconds, bridgedDecoys } = read(args);
    const client = oauthClientOf(args, { bridgedDecoys });
    if (!client?.decoy) return;
    const seconds = lifetimeSeconds(client);
    if (seconds !== undefined && seconds <= maximumSeconds) return;
    reportViolation(
      `${client.title} must issue access tokens that live ${maximumSeconds} seconds at most, but its accessTokenValiditySeconds is ${seconds ?? "no number"}. Set it to ${decoyLifetimeSeconds.default}.`,
    );
  },
};
