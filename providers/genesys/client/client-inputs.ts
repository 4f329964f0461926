import * as v from "valibot";
import { readMarker } from "../../../core/marker.ts";
import type { CheckFailure } from "../../dynamic/provider.ts";
import type {
  AllowlistEnforcement,
  GrantType,
  RoleAssignment,
  RoleDivision,
  SecretSinkArgs,
} from "../types.ts";
import { secretHomeEntries, secretHomeExamples, secretHomeFailures } from "./secret-home.ts";

/** What any OAuth client is declared with, after `check`; a decoy declares less and has the rest by definition. */
export interface ClientInputs {
  /** Prefix of the marker. */
  owner: string;
  /** Token of the marker. */
  token: string;
  name: string;
  description?: string | undefined;
  authorizedGrantType: GrantType;
  accessTokenValiditySeconds: number;
  roles?: RoleAssignment[] | undefined;
  scope?: string[] | undefined;
  registeredRedirectUri?: string[] | undefined;
  state: "active" | "disabled" | "inactive";
  dateToDelete?: string | undefined;
  allowedIps?: string[] | undefined;
  egress?: Record<string, string[]> | undefined;
  allowlistEnforcement: AllowlistEnforcement;
  secretSink: SecretSinkArgs;
  secretGeneration: number;
  adoptId?: string | undefined;
}

/** What the state holds of a client: its inputs as the platform has them, and what only the platform knows. */
export interface ClientOutputs extends Omit<ClientInputs, "state" | "secretGeneration"> {
  state: string;
  /** The generation of the secret that was issued last; absent while that is unfinished. */
  secretGeneration?: number;
  clientId: string;
  roleDivisions: RoleDivision[];
  /** The marker that the client carries on the platform; absent if somebody took it away. */
  marker?: string;
  clientSecret?: string;
  secretFingerprint?: string;
  secretArn?: string;
  secretVersionId?: string;
  /**
   * Ids of clients that this resource made and the state has forgotten, as a replacement does whose answer was
   * lost; the next update deletes them.
   */
  strays?: string[];
}

export const grantTypes = [
  "CLIENT-CREDENTIALS",
  "CODE",
  "TOKEN",
  "SAML2-BEARER",
  "PASSWORD",
] as const satisfies GrantType[];

const text = v.pipe(
  v.string(),
  v.regex(/^\S(?:.*\S)?$/s, "It must not be empty, nor begin or end with a blank"),
);

const isRedirectUri = (uri: string): boolean => {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, hash } = new URL(uri);
  const local = hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
  return hash === "" && (protocol === "https:" || (protocol === "http:" && local));
};

/** The inputs that every kind of client has. */
export const clientEntries = {
  owner: text,
  name: text,
  description: v.optional(
    v.pipe(
      v.string(),
      v.check(
        (description) => readMarker(description) === undefined,
        "It must not end like the marker that this program appends",
      ),
    ),
  ),
  roles: v.optional(v.array(v.strictObject({ role: text, division: v.optional(text) }))),
  scope: v.optional(v.array(text)),
  registeredRedirectUri: v.optional(
    v.array(
      v.pipe(
        v.string(),
        v.check(isRedirectUri, "It must be an https address without a fragment, or http on localhost"),
      ),
    ),
  ),
  secretSink: v.optional(
    v.variant(
      "kind",
      [
        v.strictObject({ kind: v.literal("state") }),
        v.strictObject({ kind: v.literal("secretsManager"), ...secretHomeEntries }),
      ],
      "It must be of the kind state or secretsManager",
    ),
    { kind: "state" },
  ),
  secretGeneration: v.optional(
    v.pipe(v.number(), v.integer("It must be a whole number"), v.minValue(0, "It must not be negative")),
    0,
  ),
  adoptId: v.optional(text),
};

export const clientExamples = {
  owner: "guard:acme/credentials/prod/crm~0a1b2c3d",
  name: "CRM Integration",
  description: "Reads queues for the CRM",
  roles: [{ role: "CRM Reader", division: "Home" }],
  scope: ["users:readonly"],
  registeredRedirectUri: ["https://crm.example.com/callback"],
  secretSink: { kind: "secretsManager", ...secretHomeExamples },
  secretGeneration: 0,
  adoptId: "5f1c7b2e-0b0d-4c53-9a86-1f0b6c1d2e3f",
};

export const sinkFailures = ({ secretSink }: Partial<Record<string, unknown>>): CheckFailure[] =>
  typeof secretSink === "object" && secretSink !== null
    ? secretHomeFailures("secretSink.awsRegion", secretSink as Partial<Record<string, unknown>>)
    : [];

/** A whole number of seconds in a range. */
export const seconds = (minimum: number, maximum: number) => {
  const reason = `It must be a whole number of seconds from ${minimum} to ${maximum}`;
  return v.pipe(v.number(), v.integer(reason), v.minValue(minimum, reason), v.maxValue(maximum, reason));
};

const isEmpty = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0);

/**
 * Client credentials clients have roles and no scopes, all others the reverse.
 * https://github.com/MyPureCloud/platform-client-sdk-python/blob/main/build/PureCloudPlatformClientV2/models/o_auth_client.py
 * (`scope`, `role_divisions`)
 */
export const rightsFailures = ({
  authorizedGrantType: grant,
  roles,
  scope,
}: Partial<Record<string, unknown>>): CheckFailure[] => {
  // What is no grant type is reported as that, and says nothing about rights.
  if (!grantTypes.some((each) => each === grant)) return [];
  const [needed, useless] =
    grant === "CLIENT-CREDENTIALS"
      ? ([
          { property: "roles", value: roles },
          { property: "scope", value: scope },
        ] as const)
      : ([
          { property: "scope", value: scope },
          { property: "roles", value: roles },
        ] as const);
  const example = JSON.stringify(clientExamples[needed.property]);
  return [
    ...(isEmpty(needed.value)
      ? [
          {
            property: needed.property,
            reason: `A client of the grant type ${String(grant)} needs at least one: for example ${example}.`,
          },
        ]
      : []),
    ...(isEmpty(useless.value)
      ? []
      : [
          {
            property: useless.property,
            reason: `A client of the grant type ${String(grant)} has none: what it may do comes from its ${needed.property}, for example ${example}.`,
          },
        ]),
  ];
};
