import type { RotatedCredential } from "./credential.ts";
import type { Emergency } from "./credential-record.ts";
import type { StagedClient } from "./reconciliation.ts";
import { type StagedSecret, stages } from "./step-guard.ts";

/** What the platform says of the client that is current. */
export type CurrentClient =
  /** It exists, is active, and carries the credential's marker. */
  | "serving"
  /** It exists, and carries another marker or none: the secret was edited by hand. */
  | "foreign"
  | "stopped"
  | "missing";

export interface HealthFacts {
  credential: Pick<RotatedCredential, "id" | "intervalSeconds">;
  secret: Pick<StagedSecret, "rotationEnabled" | "deletedAt">;
  versions: readonly StagedClient[];
  /** Undefined where the current version names no client. */
  current: CurrentClient | undefined;
  emergency: Emergency | undefined;
  /** Milliseconds since 1970. */
  now: number;
}

export interface Health {
  /** Since the current version was made; undefined where there is none. */
  ageSeconds: number | undefined;
  /** What a person must see to. */
  reports: readonly string[];
  /** Why the credential is to be rotated at once. */
  rotate?: string;
}

const hour = 3600;
const day = 24 * hour;

/** How long after its interval a rotation is left to Secrets Manager, which has a window for it and tries again. */
export const overdueAfterSeconds = (intervalSeconds: number): number =>
  intervalSeconds + Math.min(day, Math.max(2 * hour, intervalSeconds / 4));

/** After this time a rotation that was asked for out of turn is asked for again. */
const emergencyPatienceSeconds = hour;

const askedAgain = "a rotation was asked for and has not happened: ";

const reasonToRotate = (facts: HealthFacts, ageSeconds: number | undefined): string | undefined => {
  const { credential, current, emergency, now } = facts;
  if (ageSeconds === undefined) return undefined;
  if (current === undefined) return "the current version of its secret holds no credential";
  if (current === "missing") return "its current client is gone from the platform";
  if (current === "stopped") return "its current client is not active on the platform";
  if (emergency !== undefined && now - emergency.at >= emergencyPatienceSeconds * 1000)
    return askedAgain + emergency.reason.replace(askedAgain, "");
  if (ageSeconds > overdueAfterSeconds(credential.intervalSeconds)) return "its rotation is overdue";
  return undefined;
};

/** How a credential fares, whatever the ledger says. */
export const judgeHealth = (facts: HealthFacts): Health => {
  const { credential, secret, versions, current, now } = facts;
  const version = versions.find((each) => each.stages.includes(stages.current));
  const ageSeconds = version === undefined ? undefined : (now - version.createdAt) / 1000;
  if (secret.deletedAt !== undefined)
    return {
      ageSeconds,
      reports: [
        `${credential.id}: its secret is scheduled for deletion. Restore it, or remove the credential from the stack.`,
      ],
    };
  const reports = [
    ...(secret.rotationEnabled
      ? []
      : [
          `${credential.id}: rotation is switched off for its secret. Run \`pulumi up\` to switch it on again.`,
        ]),
    ...(ageSeconds === undefined
      ? [`${credential.id}: its secret has no current version. Run \`pulumi up\`, which stores one.`]
      : []),
    ...(current === "foreign"
      ? [
          `${credential.id}: the current version of its secret names a client that is none of its own, so somebody edited it. The next rotation replaces it; that client is left alone.`,
        ]
      : []),
  ];
  const rotate = secret.rotationEnabled ? reasonToRotate(facts, ageSeconds) : undefined;
  return { ageSeconds, reports, ...(rotate === undefined ? {} : { rotate }) };
};
