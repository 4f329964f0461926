import type { StackValidationPolicy } from "@pulumi/policy";
import { tokens } from "../../core/tokens.ts";
import { documentation } from "../documentation.ts";

const name = "trap-user-grants";

/** Every resource of the bridged provider that takes a user gives it something: roles, a team, a queue, a phone. */
const gives = (type: string): boolean => type.startsWith("genesyscloud:");

/** What a trap user must not have, no other resource may give it. */
export const trapUserGrants: StackValidationPolicy = {
  name,
  displayName: "Trap user grants",
  description: "No role, team, group, queue or phone must be given to a trap user.",
  severity: "high",
  enforcementLevel: "mandatory",
  remediationSteps: "Take the trap user out of the resource that grants roles or membership.",
  url: documentation(name),
  validateStack: (args, reportViolation) => {
    for (const resource of args.resources.filter(({ type }) => gives(type)))
      for (const [property, dependencies] of Object.entries(resource.propertyDependencies))
        for (const trap of dependencies.filter(({ type }) => type === tokens.trapUser))
          reportViolation(
            `The resource "${resource.name}" (${resource.type}) must not give anything to the trap user "${trap.name}", but its ${property} refers to it. Remove the trap user from ${property}.`,
            resource.urn,
          );
  },
};
