import * as v from "valibot";
import { rotationIntervalHours, tokenLifetimeSeconds } from "../../../core/lifetimes.ts";
import type { RotationStrategy } from "../../../core/rotation/credential.ts";
import { inputRules } from "../../dynamic/check.ts";
import { type Comparators, exact } from "../../dynamic/diff.ts";
import { text } from "../../dynamic/text.ts";
import type { AllowlistEnforcement, RoleAssignment, RoleDivision } from "../types.ts";
import { allowlistEntries, allowlistExamples, allowlistFailures } from "./client-allowlist.ts";
import { clientComparators } from "./client-comparators.ts";
import {
  type ClientInputs,
  clientEntries,
  clientExamples,
  rightsFailures,
  seconds,
} from "./client-inputs.ts";
import { secretHomeEntries, secretHomeExamples, secretHomeFailures } from "./secret-home.ts";

const grant = "CLIENT-CREDENTIALS" as const;

/** What a rotated credential is declared with, after `check`. */
export interface RotatedInputs {
  /** Prefix of the markers of all generations. */
  owner: string;
  /** Marker token of the first generation. */
  token: string;
  name: string;
  description?: string | undefined;
  accessTokenValiditySeconds: number;
  roles: RoleAssignment[];
  allowedIps?: string[] | undefined;
  egress?: Record<string, string[]> | undefined;
  allowlistEnforcement: AllowlistEnforcement;
  rotationIntervalHours: number;
  strategy: RotationStrategy;
  secretArn: string;
  ledgerTable: string;
  awsRegion: string;
}

/**
 * What an update has to put right, as a refresh found it:
 *
 * - `current`: the secret names no living generation of the credential.
 * - `marker`: the current generation has lost its marker.
 * - `others`: a living generation is not as declared in what the outputs do not show.
 */
export type Repair = "current" | "marker" | "others";

/** What the state holds: nothing that a rotation changes. */
export interface RotatedOutputs extends RotatedInputs {
  roleDivisions: RoleDivision[];
  repair?: Repair[];
}

const hours = `It must be a whole number of hours from ${rotationIntervalHours.minimum} to ${rotationIntervalHours.maximum}`;

export const rotatedRules = inputRules({
  entries: {
    owner: clientEntries.owner,
    name: clientEntries.name,
    description: clientEntries.description,
    roles: clientEntries.roles,
    accessTokenValiditySeconds: v.optional(
      seconds(tokenLifetimeSeconds.minimum, tokenLifetimeSeconds.maximum),
      tokenLifetimeSeconds.default,
    ),
    ...allowlistEntries,
    rotationIntervalHours: v.optional(
      v.pipe(
        v.number(),
        v.integer(hours),
        v.minValue(rotationIntervalHours.minimum, hours),
        v.maxValue(rotationIntervalHours.maximum, hours),
      ),
      rotationIntervalHours.default,
    ),
    strategy: v.optional(
      v.picklist(
        ["blueGreenClients", "inPlace"],
        "It must be blueGreenClients or inPlace (overlappingSecrets needs the capability dualSecrets, and the platform gives a client one secret)",
      ),
      "blueGreenClients",
    ),
    ...secretHomeEntries,
    ledgerTable: text,
  },
  examples: {
    owner: clientExamples.owner,
    name: clientExamples.name,
    description: clientExamples.description,
    roles: clientExamples.roles,
    accessTokenValiditySeconds: tokenLifetimeSeconds.default,
    ...allowlistExamples,
    rotationIntervalHours: rotationIntervalHours.default,
    strategy: "blueGreenClients",
    ...secretHomeExamples,
    ledgerTable: "credential-ledger",
  },
  across: (inputs) => [
    ...rightsFailures({ ...inputs, authorizedGrantType: grant }),
    ...allowlistFailures(inputs),
    ...secretHomeFailures("awsRegion", inputs),
  ],
});

/** What one generation is made with. */
export const generationInputs = (inputs: RotatedInputs, token: string): ClientInputs => ({
  owner: inputs.owner,
  token,
  name: inputs.name,
  description: inputs.description,
  authorizedGrantType: grant,
  accessTokenValiditySeconds: inputs.accessTokenValiditySeconds,
  roles: inputs.roles,
  scope: [],
  registeredRedirectUri: [],
  state: "active",
  allowedIps: inputs.allowedIps,
  egress: inputs.egress,
  allowlistEnforcement: inputs.allowlistEnforcement,
  secretSink: { kind: "state" },
  secretGeneration: 0,
});

/** When two declarations of a credential mean the same. */
export const rotatedComparators: Comparators<RotatedInputs> = {
  owner: exact,
  token: clientComparators.token,
  name: clientComparators.name,
  description: clientComparators.description,
  accessTokenValiditySeconds: clientComparators.accessTokenValiditySeconds,
  roles: clientComparators.roles,
  allowedIps: clientComparators.allowedIps,
  egress: clientComparators.egress,
  allowlistEnforcement: clientComparators.allowlistEnforcement,
  rotationIntervalHours: exact,
  strategy: exact,
  secretArn: exact,
  ledgerTable: exact,
  awsRegion: exact,
};

/** What the rotator alone goes by: no generation changes with it. */
export const rotatorsOwn: readonly (keyof RotatedInputs)[] = [
  "rotationIntervalHours",
  "strategy",
  "ledgerTable",
];
