import type { ResourceValidationPolicy } from "@pulumi/policy";
import { maximumRotationIntervalDays, rotationIntervalHours } from "../../core/lifetimes.ts";
import { tokens } from "../../core/tokens.ts";
import { documentation } from "../documentation.ts";
import { property } from "../inputs.ts";
import { integer, settings } from "../settings.ts";

const name = "rotation-interval";

const { configSchema, read } = settings(name, {
  maximumDays: integer("Longest time between two rotations of a secret, in days.", {
    minimum: 1,
    maximum: maximumRotationIntervalDays,
    fallback: maximumRotationIntervalDays,
  }),
});

/** A secret that leaked unseen must not work for ever. */
export const rotationInterval: ResourceValidationPolicy = {
  name,
  displayName: "Rotation interval",
  description: "A rotated client must get a new secret at least every 90 days.",
  severity: "medium",
  enforcementLevel: "mandatory",
  remediationSteps:
    "Lower rotationIntervalHours; consumers that read the secret from the store notice nothing.",
  url: documentation(name),
  configSchema,
  validateResource: (args, reportViolation) => {
    if (args.type !== tokens.rotatedClient) return args.notApplicable("The resource is no rotated client.");
    const { maximumDays } = read(args);
    const maximumHours = maximumDays * 24;
    const hours = property(args.props, "rotationIntervalHours") ?? rotationIntervalHours.default;
    if (typeof hours === "number" && hours > 0 && hours <= maximumHours) return;
    reportViolation(
      `The rotated client "${args.name}" must get a new secret at least every ${maximumDays} days, but its rotationIntervalHours is ${typeof hours === "number" ? hours : "no number"}. Set it to a number of hours from ${rotationIntervalHours.minimum} to ${maximumHours}.`,
    );
  },
};
