import * as v from "valibot";
import { clientRotationSchema } from "./aws-schema.ts";
import { awsAccountId, awsRegion, count, flag, id, text, texts, wholeNumber } from "./rules.ts";

const name = v.pipe(text, v.maxLength(200, "must be 200 characters at most"));

const description = v.optional(v.pipe(text, v.maxLength(500, "must be 500 characters at most")));

/** `Role` or `{ role, division }`; without a division the home division. */
const role = v.pipe(
  v.union(
    [text, v.strictObject({ role: text, division: v.optional(text) })],
    "must be the name of a role, or an object of role and division",
  ),
  v.transform((value) => (typeof value === "string" ? { role: value } : value)),
);

const roles = v.array(role, "must be a list of roles");

const uuid = v.pipe(v.string("must be a text"), v.uuid("must be the id (a UUID) of an object that exists"));

const email = v.pipe(v.string("must be a text"), v.email("must be an e-mail address"));

/** 300..172,800: https://github.com/MyPureCloud/terraform-provider-genesyscloud, `oauth_client`. */
const tokenLifetime = wholeNumber("seconds", 300, 172_800);

const grantTypes = ["CLIENT-CREDENTIALS", "CODE", "TOKEN", "SAML2-BEARER", "PASSWORD"] as const;

export const roleSchema = v.strictObject({
  id,
  name,
  description,
  permissions: v.pipe(
    v.array(
      v.pipe(
        text,
        v.regex(/^[A-Za-z][\w-]*:[\w*-]+:[\w*-]+$/, "must be a permission of the form domain:entity:action"),
      ),
      "must be a list of permissions",
    ),
    v.nonEmpty("must hold at least one permission"),
  ),
  adoptId: v.optional(uuid),
});

export const clientSchema = v.strictObject({
  id,
  name,
  team: text,
  description,
  grantType: v.optional(
    v.picklist(grantTypes, `must be one of ${grantTypes.join(", ")}`),
    "CLIENT-CREDENTIALS",
  ),
  accessTokenValiditySeconds: v.optional(tokenLifetime, 86_400),
  roles: v.optional(roles, []),
  scope: v.optional(texts, []),
  redirectUris: v.optional(texts, []),
  state: v.optional(
    v.picklist(["active", "disabled", "inactive"], "must be one of active, disabled, inactive"),
    "active",
  ),
  dateToDelete: v.optional(v.pipe(text, v.isoTimestamp("must be a UTC time"))),
  allowedIps: v.optional(texts, []),
  /** The name under which the credential is found; default: the id. */
  secretName: v.optional(text),
  secretGeneration: v.optional(count, 0),
  adoptId: v.optional(uuid),
  /** In a stack with `runtime: aws`. */
  rotation: v.optional(clientRotationSchema),
});

export const decoySchema = v.strictObject({
  id,
  name,
  description,
  grantType: v.optional(
    v.picklist(["CLIENT-CREDENTIALS", "CODE"], "must be one of CLIENT-CREDENTIALS, CODE"),
    "CLIENT-CREDENTIALS",
  ),
  /** The resource allows 3,600 at most; the schema leaves that to its message and to the policy. */
  accessTokenValiditySeconds: v.optional(tokenLifetime, 300),
  roles: v.optional(roles, []),
  scope: v.optional(texts, []),
  redirectUris: v.optional(texts, []),
  secretGeneration: v.optional(count, 0),
  adoptId: v.optional(uuid),
});

export const trapUserSchema = v.strictObject({
  id,
  name,
  email,
  division: v.optional(text),
  department: v.optional(text),
  title: v.optional(text),
  state: v.optional(v.picklist(["active", "inactive"], "must be one of active, inactive"), "active"),
  adoptId: v.optional(uuid),
});

export const trapQueueSchema = v.strictObject({
  id,
  name,
  description,
  division: v.optional(text),
  adoptId: v.optional(uuid),
});

export const dataActionCredentialSchema = v.strictObject({
  id,
  name,
  /** Genesys Cloud assumes this AWS role ... */
  awsRoleArn: v.optional(
    v.pipe(text, v.regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, "must be the ARN of an AWS role")),
  ),
  /** ... or uses this client of the stack. */
  client: v.optional(id),
  adoptId: v.optional(uuid),
});

export const eventsSchema = v.strictObject({
  name,
  awsAccountId,
  awsRegion,
  eventSourceSuffix: v.pipe(
    text,
    v.regex(/^[A-Za-z0-9._-]{1,64}$/, "must be 1 to 64 letters, digits, dots, dashes or underscores"),
  ),
  topics: v.pipe(texts, v.nonEmpty("must name at least one topic")),
  adoptId: v.optional(uuid),
});

export const allowlistSchema = v.strictObject({
  /** Whether every client's allowedIps goes into the organisation's allowlist. */
  fromClients: v.optional(flag, true),
  entries: v.optional(texts, []),
  callerAddresses: v.optional(texts, []),
  /** Whether an allowlist that is not empty may be taken over. */
  takeOver: v.optional(flag, false),
});

const patternSchema = v.strictObject({
  id,
  name,
  pattern: text,
  startDelimiter: v.optional(v.string("must be a text")),
  endDelimiter: v.optional(v.string("must be a text")),
  mustMatch: v.optional(texts, []),
  mustNotMatch: v.optional(texts, []),
  pushProtection: v.optional(flag, false),
  adoptId: v.optional(text),
});

export const secretScanningSchema = v.strictObject({
  organization: v.optional(text),
  repository: v.optional(v.pipe(text, v.regex(/^[\w.-]+\/[\w.-]+$/, "must be OWNER/NAME"))),
  /** Beside those that every stack has: `core/leak/patterns`. */
  patterns: v.optional(v.array(patternSchema, "must be a list of patterns"), []),
});

export const egressSchema = v.record(
  v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, "must be a name of lower-case letters, digits and dashes")),
  v.pipe(v.array(text, "must be a list of addresses"), v.nonEmpty("must hold at least one address")),
  "must map names to lists of addresses",
);

export const regionSchema = text;
export const githubOwnerSchema = text;
export const runtimeSchema = v.picklist(["none", "aws"], 'must be "none" or "aws"');
export const protectSchema = flag;

export type RoleConfig = v.InferOutput<typeof roleSchema>;
export type ClientConfig = v.InferOutput<typeof clientSchema>;
export type DecoyConfig = v.InferOutput<typeof decoySchema>;
export type TrapUserConfig = v.InferOutput<typeof trapUserSchema>;
export type TrapQueueConfig = v.InferOutput<typeof trapQueueSchema>;
export type DataActionCredentialConfig = v.InferOutput<typeof dataActionCredentialSchema>;
export type EventsConfig = v.InferOutput<typeof eventsSchema>;
export type AllowlistConfig = v.InferOutput<typeof allowlistSchema>;
export type SecretScanningConfig = v.InferOutput<typeof secretScanningSchema>;
