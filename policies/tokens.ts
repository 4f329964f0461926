/**
 * Types of the Pulumi package that bridges the Terraform provider `genesyscloud`.
 * https://registry.terraform.io/providers/MyPureCloud/genesyscloud/latest/docs
 */
export const bridged = {
  oauthClient: "genesyscloud:index/oauthClient:OauthClient",
  role: "genesyscloud:index/authRole:AuthRole",
  integrationCredential: "genesyscloud:index/integrationCredential:IntegrationCredential",
  organizationSettings:
    "genesyscloud:index/organizationAuthenticationSettings:OrganizationAuthenticationSettings",
} as const;
