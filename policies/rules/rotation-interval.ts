import type { ResourceValidationPolicy } from "@pulumi/policy";
import { maximumRotationIntervalDays } from "../../core/lifetimes.ts";
import { documentation } from "../documentation.ts";
import { isGiven, property } from "../inputs.ts";
import { integer, settings } from "../settings.ts";

const name = "rotation-interval";

const { configSchema, read } = settings(name, {
  maximumDays: integer("Longest time between two rotations of a secret, in days.", {
    minimum: 1,
    maximum: maximumRotationIntervalDays,
    fallback: maximumRotationIntervalDays,
  }),
});

/** Our types rotate what says how often; those without the property are not rotated by themselves. */
const isOurs = (type: string): boolean => type.startsWith("pulumi-nodejs:dynamic/genesys:");

/** A secret that leaked unseen must not work for ever. */
export const rotationInterval: ResourceValidationPolicy = {
  name,
  displayName: "Rotation interval",
  description: "A rotated client must get a new secret at least every 90 days.",
  severity: "medium",
  enforcementLevel: "mandatory",
  remediationSteps:
    "Lower rotationIntervalDays; consumers that read the secret from the store notice nothing.",
  url: documentation(name),
  configSchema,
  validateResource: (args, reportViolation) => {
    if (!isOurs(args.type)) return;
    const days = property(args.props, "rotationIntervalDays");
    if (!isGiven(days)) return args.notApplicable("The resource does not say how often it is rotated.");
    const { maximumDays } = read(args);
    if (typeof days === "number" && days > 0 && days <= maximumDays) return;
    reportViolation(
      `The rotated client "${args.name}" must get a new secret at least every ${maximumDays} days, but its rotationIntervalDays is ${typeof days === "number" ? days : "no number"}. Set it to a number of days from 1 to ${maximumDays}.`,
    );
  },
};
