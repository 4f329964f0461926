import type { ResourceValidationPolicy } from "@pulumi/policy";
import { nameBetraysTrap } from "../../core/decoy/name.ts";
import { tokens } from "../../core/tokens.ts";
import { documentation } from "../documentation.ts";
import { isGiven, judgeEach, property, text } from "../inputs.ts";
import { bridgeSettings, oauthClientOf } from "../oauth-clients.ts";
import { settings } from "../settings.ts";

const name = "decoy-name";

const { configSchema, read } = settings(name, { bridgedDecoys: bridgeSettings.bridgedDecoys });

/** What an intruder reads of a bait once inside. */
const visible = ["name", "description", "email", "department", "title"];

/** An intruder who reads the word "decoy" uses something else. */
export const decoyName: ResourceValidationPolicy = {
  name,
  displayName: "Credible decoy names",
  description: "Nothing that an intruder can read of a decoy or a trap must betray it.",
  severity: "medium",
  enforcementLevel: "mandatory",
  remediationSteps:
    'Use words of your own business, such as "Legacy CRM Sync". The resource\'s name in the program counts as well: it is part of the description on the platform.',
  url: documentation(name),
  configSchema,
  validateResource: (args, reportViolation) => {
    const trap = args.type === tokens.trapUser || args.type === tokens.trapQueue;
    const client = oauthClientOf(args, read(args));
    if (!trap && !client?.decoy) return;
    const title = client?.title ?? `The trap "${args.name}"`;
    const judge = (field: string, value: string | undefined): void => {
      const word = value === undefined ? undefined : nameBetraysTrap(value);
      if (word !== undefined)
        reportViolation(
          `${title} must not betray itself, but its ${field}, "${value}", says "${word}". Use words of your own business, such as "Legacy CRM Sync".`,
        );
    };
    judgeEach([
      ...visible.map((field) => () => judge(field, text(property(args.props, field)))),
      // It is part of the marker in the description of whatever has an owner.
      () => judge("resource name", isGiven(property(args.props, "owner")) ? args.name : undefined),
    ]);
  },
};
