import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies.ts";

new PolicyPack("genesys-credential-guard", {
  displayName: "Genesys credential guard",
  description:
    "What weakens the OAuth credentials of a Genesys Cloud organisation, refused before it is deployed.",
  provider: "genesyscloud",
  tags: ["credentials", "deception", "genesys-cloud"],
  enforcementLevel: "mandatory",
  policies,
});
