import type { ResourceValidationPolicy } from "@pulumi/policy";
import { tokens } from "../../core/tokens.ts";
import { allowlistSettings, judgeAllowlist } from "../allowlist.ts";
import { documentation } from "../documentation.ts";
import { isGiven, property } from "../inputs.ts";
import { settings } from "../settings.ts";
import { bridged } from "../tokens.ts";

const name = "organisation-allowlist";

const { configSchema, read } = settings(name, allowlistSettings);

const fields: Record<string, string> = {
  [tokens.ipAllowlist]: "entries",
  [bridged.organizationSettings]: "ipAddressAllowlist",
};

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
    const field = Object.hasOwn(fields, args.type) ? fields[args.type] : undefined;
    if (field === undefined) return;
    const allowlist = property(args.props, field);
    // An organisation that declares its other settings has no allowlist: that is for the client policies to judge.
    if (!isGiven(allowlist)) return;
    judgeAllowlist(
      allowlist,
      `The organisation's allowlist "${args.name}" must hold public IPv4 addresses alone, but ${field}`,
      { ...read(args), purpose: "organisation", reportViolation },
    );
  },
};
