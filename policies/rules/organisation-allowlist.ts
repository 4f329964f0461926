import type { ResourceValidationPolicy } from "@pulumi/policy";
import { allowlistSettings, judgeAllowlist, organisationAllowlistOf } from "../allowlist.ts";
import { documentation } from "../documentation.ts";
import { settings } from "../settings.ts";

const name = "organisation-allowlist";

const { configSchema, read } = settings(name, allowlistSettings);

/** The one list that the platform enforces today must not be open itself. */
export const organisationAllowlist: ResourceValidationPolicy = {
  name,
  displayName: "Organisation allowlist",
  description: "The organisation's allowlist must hold public IPv4 addresses alone.",
  severity: "high",
  enforcementLevel: "mandatory",
  remediationSteps: "List the public IPv4 addresses from which people and integrations reach the platform.",
  url: documentation(name),
  configSchema,
  validateResource: (args, reportViolation) => {
    // Where there is none, the clients' own lists are what counts, and they have a policy of their own.
    const found = organisationAllowlistOf(args);
    if (found === undefined) return;
    judgeAllowlist(
      found.allowlist,
      `The organisation's allowlist "${args.name}" must hold public IPv4 addresses alone, but ${found.field}`,
      { ...read(args), purpose: "organisation", reportViolation },
    );
  },
};
