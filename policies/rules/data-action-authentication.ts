import type { ResourceValidationPolicy } from "@pulumi/policy";
import { tokens } from "../../core/tokens.ts";
import { documentation } from "../documentation.ts";
import { property, text } from "../inputs.ts";
import { bridged } from "../tokens.ts";

const name = "data-action-authentication";

const kinds = ["awsRole", "genesysOauthClient", "oauthClient"];

/** The type's name alone tells: in custom-rest-actions the slot is called `basicAuth` for every type of credential. */
const basicType = /^basic[ _-]?auth$/i;

const alternative = 'Use an AWS role, { kind: "awsRole", roleArn }, or OAuth client credentials';

/** A password that never changes and travels with every call is the easiest credential to steal. */
export const dataActionAuthentication: ResourceValidationPolicy = {
  name,
  displayName: "Data action authentication",
  description: "A data action must not use basic authentication.",
  severity: "high",
  enforcementLevel: "mandatory",
  remediationSteps: `${alternative}; with the bridged provider, a credential type such as amazonWebServicesARN or userDefinedOAuth.`,
  url: documentation(name),
  validateResource: (args, reportViolation) => {
    const title = `The data action credential "${args.name}"`;
    if (args.type === bridged.integrationCredential) {
      const type = text(property(args.props, "credentialTypeName"));
      if (type !== undefined && basicType.test(type))
        reportViolation(
          `${title} must not use basic authentication, but its credentialTypeName is "${type}". Set it to a type such as amazonWebServicesARN or userDefinedOAuth.`,
        );
    }
    if (args.type === tokens.dataActionCredential) {
      // What stands beside the kind is left out of the message: it may be a password.
      const kind = text(property(property(args.props, "authentication"), "kind"));
      if (kind === undefined || !kinds.includes(kind))
        reportViolation(
          `${title} must authenticate with an AWS role or OAuth, but its authentication.kind is ${kind === undefined ? "not given" : `"${kind}"`}. ${alternative}.`,
        );
    }
  },
};
