import type { ResourceValidationPolicy } from "@pulumi/policy";
import { tokens } from "../../core/tokens.ts";
import { documentation } from "../documentation.ts";
import { isGiven, judgeEach, property } from "../inputs.ts";

const name = "trap-user-isolation";

/** What gives a user reach, or lets somebody sign in as it. */
const reach =
  /^(?:password|role|permission|grant|team|group|queue|routing|skill|language|phone|primaryPhone|station|address|licen[cs]e)/i;

/** A trap user is a record to look at: what it could do, an intruder who takes it over could do. */
export const trapUserIsolation: ResourceValidationPolicy = {
  name,
  displayName: "Trap user isolation",
  description: "A trap user must be active and have no role, team, queue, phone or password.",
  severity: "high",
  enforcementLevel: "mandatory",
  remediationSteps:
    "Leave the property out. A role costs a licence and gives reach, a password lets somebody sign in, and an inactive user does not show in the listing that an intruder reads.",
  url: documentation(name),
  validateResource: (args, reportViolation) => {
    if (args.type !== tokens.trapUser) return;
    const title = `The trap user "${args.name}"`;
    judgeEach([
      ...Object.keys(args.props)
        .filter((key) => reach.test(key))
        .map((key) => () => {
          // The value is left out of the message: it may be the password.
          if (isGiven(property(args.props, key)))
            reportViolation(`${title} must have no ${key}. Remove the property ${key}.`);
        }),
      () => {
        const state = property(args.props, "state") ?? "active";
        const found = typeof state === "string" ? `"${state}"` : "no text";
        if (state !== "active")
          reportViolation(
            `${title} must be active, or the platform's listing does not show it, but its state is ${found}. Set it to "active".`,
          );
      },
    ]);
  },
};
