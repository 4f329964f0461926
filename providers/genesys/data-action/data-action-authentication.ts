import * as v from "valibot";
import { fingerprint } from "../../../core/fingerprint.ts";
import { text } from "../../dynamic/text.ts";
import type { DataActionAuthentication } from "../types.ts";

export type AuthenticationKind = DataActionAuthentication["kind"];

/**
 * The platform's names of the credential types; the slot of an integration says nothing, it is called `basicAuth`
 * for all of them.
 * https://github.com/MyPureCloud/terraform-provider-genesyscloud/blob/main/examples/resources/genesyscloud_integration_credential/resource.tf
 * https://github.com/GenesysCloudDevOps/aws-lambda-data-actions-integration-module
 */
const typeNames: Readonly<Record<AuthenticationKind, string>> = {
  awsRole: "amazonWebServicesARN",
  genesysOauthClient: "pureCloudOAuthClient",
  oauthClient: "userDefinedOAuth",
};

export const typeNameOf = (kind: AuthenticationKind): string => typeNames[kind];

/** Undefined for a type that this resource has no form for, such as basic authentication. */
export const kindOf = (typeName: string | undefined): AuthenticationKind | undefined =>
  (Object.keys(typeNames) as AuthenticationKind[]).find((kind) => typeNames[kind] === typeName);

const refusal =
  "It must be awsRole, genesysOauthClient or oauthClient; basic authentication is refused, because its password never expires and travels with every call";

export const authentication = v.variant(
  "kind",
  [
    v.strictObject({
      kind: v.literal("awsRole"),
      roleArn: v.pipe(
        v.string(),
        v.regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/, "It must be the ARN of an AWS role"),
      ),
    }),
    v.strictObject({ kind: v.literal("genesysOauthClient"), clientId: text, clientSecret: text }),
    v.strictObject({
      kind: v.literal("oauthClient"),
      clientId: text,
      clientSecret: text,
      tokenUrl: v.pipe(
        v.string(),
        v.regex(/^https:\/\/[^\s@]+$/, "It must be an https URL without a password"),
      ),
      scope: v.optional(text),
    }),
  ],
  refusal,
);

/** The fields of the platform's credential. */
export const credentialFields = (given: DataActionAuthentication): Record<string, string> => {
  switch (given.kind) {
    case "awsRole":
      return { ARN: given.roleArn };
    case "genesysOauthClient":
      return { clientId: given.clientId, clientSecret: given.clientSecret };
    case "oauthClient":
      return {
        clientId: given.clientId,
        clientSecret: given.clientSecret,
        loginUrl: given.tokenUrl,
        ...(given.scope === undefined ? {} : { scope: given.scope }),
      };
  }
};

/** SHA-256 over all fields in one order: tells whether they changed, and shows none of them. */
export const fieldsFingerprint = (given: DataActionAuthentication): string =>
  fingerprint(JSON.stringify(Object.entries(credentialFields(given)).sort()));
