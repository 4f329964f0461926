import type { StackValidationPolicy } from "@pulumi/policy";
import { organisationAllowlistOf } from "../allowlist.ts";
import { documentation } from "../documentation.ts";
import { judgeEach } from "../inputs.ts";
import { bridgeSettings, oauthClientOf } from "../oauth-clients.ts";
import { settings } from "../settings.ts";

const name = "decoy-visibility";

const { configSchema, read } = settings(name, { bridgedDecoys: bridgeSettings.bridgedDecoys });

/** Advisory, because to keep strangers out may be worth more than to see them: that is for the owner to weigh. */
export const decoyVisibility: StackValidationPolicy = {
  name,
  displayName: "Decoy visibility",
  description: "An organisation with decoy clients should not turn strangers away before they are seen.",
  severity: "low",
  enforcementLevel: "advisory",
  remediationSteps:
    "Decide which of the two you want, the organisation's allowlist or decoys that see strangers, and remove the other; to keep both, disable this policy.",
  url: documentation(name),
  configSchema,
  validateStack: (args, reportViolation) => {
    const { bridgedDecoys } = read(args);
    const decoys = args.resources.filter((resource) => oauthClientOf(resource, { bridgedDecoys })?.decoy);
    if (decoys.length === 0) return;
    const names = decoys.map((decoy) => `"${decoy.name}"`).join(", ");
    judgeEach(
      args.resources.map((resource) => () => {
        if (organisationAllowlistOf(resource) !== undefined)
          reportViolation(
            `The organisation's allowlist "${resource.name}" turns strangers away before the decoys ${names} can see them. Remove the allowlist or the decoys, or disable this policy if you accept that.`,
            resource.urn,
          );
      }),
    );
  },
};
