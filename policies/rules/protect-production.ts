import type { ResourceValidationPolicy } from "@pulumi/policy";
import { tokens } from "../../core/tokens.ts";
import { documentation } from "../documentation.ts";
import { oauthClientOf } from "../oauth-clients.ts";
import { pattern, settings, string } from "../settings.ts";

const name = "protect-production";

const { configSchema, read } = settings(name, {
  productionPattern: pattern(
    "Which stacks are production: matched against the stack's name and against the tag named by productionTag.",
    "(^|[^a-z])prod(uction)?([^a-z]|$)",
  ),
  productionTag: string("Stack tag that is matched as well as the stack's name.", "environment"),
});

/** `urn:pulumi:STACK::PROJECT::TYPE::NAME` */
const stackOf = (urn: string): string => urn.replace(/^urn:pulumi:/, "").replace(/::.*$/s, "");

/** To delete a client breaks its integration, and to delete a trap goes unnoticed: neither must happen by accident. */
export const protectProduction: ResourceValidationPolicy = {
  name,
  displayName: "Protection in production",
  description: "A client or a trap of a production stack must be protected against deletion.",
  severity: "medium",
  enforcementLevel: "mandatory",
  remediationSteps:
    "Set the resource option protect: true. To delete the resource one day, remove it from the program after `pulumi state unprotect URN`.",
  url: documentation(name),
  configSchema,
  validateResource: (args, reportViolation) => {
    const trap = args.type === tokens.trapUser || args.type === tokens.trapQueue;
    const client = oauthClientOf(args, { bridgedDecoys: [] });
    if ((!trap && client === undefined) || args.opts.protect) return;
    const { productionPattern, productionTag } = read(args);
    const stack = stackOf(args.urn);
    const production = new RegExp(productionPattern, "i");
    if (![stack, args.stackTags.get(productionTag) ?? ""].some((text) => production.test(text))) return;
    reportViolation(
      `${client?.title ?? `The trap "${args.name}"`} of the production stack "${stack}" must be protected against deletion. Set its resource option protect to true.`,
    );
  },
};
