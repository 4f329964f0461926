import type { ResourceValidationPolicy } from "@pulumi/policy";
import { tokenLifetimeSeconds } from "../../core/lifetimes.ts";
import { documentation } from "../documentation.ts";
import { bridgeSettings, lifetimeSeconds, oauthClientOf } from "../oauth-clients.ts";
import { integer, settings } from "../settings.ts";

const name = "client-token-lifetime";

const { configSchema, read } = settings(name, {
  maximumSeconds: integer("Longest lifetime of an ordinary client's access tokens, in seconds.", {
    minimum: tokenLifetimeSeconds.minimum,
    maximum: tokenLifetimeSeconds.maximum,
    fallback: tokenLifetimeSeconds.default,
  }),
  bridgedDecoys: bridgeSettings.bridgedDecoys,
});

/**
 * A stolen token works until it expires, whatever happens to its client, and a rotation must wait as long. A day,
 * the platform's default, is what no client has a reason to exceed.
 */
export const clientTokenLifetime: ResourceValidationPolicy = {
  name,
  displayName: "Client token lifetime",
  description: "The access tokens of an OAuth client must not outlive a stolen credential for long.",
  severity: "medium",
  enforcementLevel: "mandatory",
  remediationSteps:
    "Lower accessTokenValiditySeconds; a client that gets a new token when its old one expires loses nothing.",
  url: documentation(name),
  configSchema,
  validateResource: (args, reportViolation) => {
    const { maximumSeconds, bridgedDecoys } = read(args);
    const client = oauthClientOf(args, { bridgedDecoys });
    if (client === undefined || client.decoy) return;
    const seconds = lifetimeSeconds(client);
    if (seconds !== undefined && seconds <= maximumSeconds) return;
    reportViolation(
      `${client.title} must issue access tokens that live ${maximumSeconds} seconds at most, but its accessTokenValiditySeconds is ${seconds ?? "no number"}. Set it to ${maximumSeconds} or less.`,
    );
  },
};
