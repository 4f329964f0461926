import * as v from "valibot";
import type { DomainOrganizationRole } from "../../../apis/genesys/api.ts";
import { decoyLifetimeSeconds } from "../../../core/decoy/lifetime.ts";
import { nameBetraysTrap } from "../../../core/decoy/name.ts";
import { logicalNameOf } from "../../../core/marker.ts";
import { administrativePermission } from "../../../core/permissions/permissions.ts";
import { administrativeRoleName } from "../../../core/permissions/roles.ts";
import { administrativeScope } from "../../../core/permissions/scopes.ts";
import { type InputsOf, inputRules } from "../../dynamic/check.ts";
import { type CheckFailure, isUnknown, type ResourceProvider } from "../../dynamic/provider.ts";
import { AdministrativeRoleError } from "../errors.ts";
import { permissionsOf } from "../role/role-permissions.ts";
import type { Session } from "../session.ts";
import {
  type ClientOutputs,
  clientEntries,
  clientExamples,
  rightsFailures,
  seconds,
  sinkFailures,
} from "./client-inputs.ts";
import { createClientProvider } from "./client-provider.ts";

type Inputs = Partial<Record<string, unknown>>;

const known = (value: unknown): string | undefined =>
  typeof value === "string" && !isUnknown(value) ? value : undefined;

const betrayed = (property: string, what: string, text: string | undefined): CheckFailure[] => {
  const word = text === undefined ? undefined : nameBetraysTrap(text);
  return word === undefined
    ? []
    : [
        {
          property,
          reason: `${what} must not betray the trap, and "${word}" in ${JSON.stringify(text)} does: write what an intruder believes, for example "Legacy CRM Sync".`,
        },
      ];
};

/** The name and the description are shown to whoever lists the clients, and so is the marker, with the logical name. */
const credibilityFailures = ({ name, description, owner }: Inputs): CheckFailure[] => [
  ...betrayed("name", "A decoy's name", known(name)),
  ...betrayed("description", "A decoy's description", known(description)),
  ...betrayed("owner", "A decoy's logical name in the program", logicalNameOf(known(owner) ?? "")),
];

const administrationFailures = ({ roles, scope }: Inputs): CheckFailure[] => [
  ...(Array.isArray(scope) ? scope : []).flatMap((each: unknown, i) => {
    const text = known(each);
    const rule = text === undefined ? undefined : administrativeScope(text);
    return rule === undefined
      ? []
      : [
          {
            property: `scope[${i}]`,
            reason: `A decoy must not have the administrative scope ${JSON.stringify(text)}: ${rule.reason}. Give it one that only reads, for example "users:readonly".`,
          },
        ];
  }),
  ...(Array.isArray(roles) ? roles : []).flatMap((each: unknown, i) => {
    const text = known((each as { role?: unknown } | null)?.role);
    const rule = text === undefined ? undefined : administrativeRoleName(text);
    return rule === undefined
      ? []
      : [
          {
            property: `roles[${i}].role`,
            reason: `A decoy must not have the administrative role ${JSON.stringify(text)}: ${rule.reason}. Give it one that only reads, for example "CRM Reader".`,
          },
        ];
  }),
];

const rules = inputRules({
  entries: {
    ...clientEntries,
    authorizedGrantType: v.optional(
      v.picklist(["CLIENT-CREDENTIALS", "CODE"], "It must be CLIENT-CREDENTIALS or CODE"),
      "CLIENT-CREDENTIALS",
    ),
    accessTokenValiditySeconds: v.optional(
      seconds(decoyLifetimeSeconds.minimum, decoyLifetimeSeconds.maximum),
      decoyLifetimeSeconds.default,
    ),
  },
  examples: {
    ...clientExamples,
    authorizedGrantType: "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: decoyLifetimeSeconds.default,
  },
  across: (inputs) => [
    ...rightsFailures(inputs),
    ...sinkFailures(inputs),
    ...credibilityFailures(inputs),
    ...administrationFailures(inputs),
  ],
});

/** What a role really grants, only the platform knows. */
const refuseAdministrativeRoles = (roles: readonly DomainOrganizationRole[]): void => {
  for (const role of roles) {
    for (const permission of permissionsOf(role)) {
      const rule = administrativePermission(permission);
      if (rule !== undefined) throw new AdministrativeRoleError(role.name ?? "", permission, rule.reason);
    }
  }
};

export type DecoyClientInputs = InputsOf<typeof rules> & { token: string };

export const createDecoyClientProvider = (
  session: () => Session,
): ResourceProvider<DecoyClientInputs, ClientOutputs> =>
  createClientProvider(
    {
      rules,
      complete: (inputs: DecoyClientInputs) => ({
        ...inputs,
        state: "active",
        allowlistEnforcement: "declared",
      }),
      vet: refuseAdministrativeRoles,
    },
    session,
  );
