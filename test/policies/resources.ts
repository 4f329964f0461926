import { tokens } from "../../core/tokens.ts";
import type { Resource } from "./analyzer.ts";

/** The tokens are written out where they are not ours: that is what a foreign program registers. */
const resource =
  (type: string) =>
  (inputs: Record<string, unknown>, rest: Omit<Resource, "type" | "inputs"> = {}): Resource => ({
    type,
    inputs,
    ...rest,
  });

export const oauthClient = resource(tokens.oauthClient);
export const decoyClient = resource(tokens.decoyClient);
export const rotatedClient = resource(tokens.rotatedClient);
export const role = resource(tokens.role);
export const trapUser = resource(tokens.trapUser);
export const trapQueue = resource(tokens.trapQueue);
export const eventSubscription = resource(tokens.eventSubscription);
export const ipAllowlist = resource(tokens.ipAllowlist);
export const dataActionCredential = resource(tokens.dataActionCredential);
export const bridgedClient = resource("genesyscloud:index/oauthClient:OauthClient");
export const bridgedRole = resource("genesyscloud:index/authRole:AuthRole");
export const bridgedCredential = resource("genesyscloud:index/integrationCredential:IntegrationCredential");
export const bridgedUserRoles = resource("genesyscloud:index/userRoles:UserRoles");
export const bridgedSettings = resource(
  "genesyscloud:index/organizationAuthenticationSettings:OrganizationAuthenticationSettings",
);
export const bucket = resource("aws:s3/bucketV2:BucketV2");
