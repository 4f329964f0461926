/** What the functions that rotate act on. */
export type RotationResourceKind =
  /** Every rotated secret of the stack, the master's included. */
  | "rotatedSecrets"
  /** The key that encrypts them. */
  | "secretsKey"
  | "ledgerTable"
  /** The group that holds the one-shot schedules. */
  | "retirementSchedules"
  /** The role with which the scheduler calls the retire function. */
  | "schedulerRole"
  | "emergencyQueue"
  /** The function that Secrets Manager calls for a rotation. */
  | "rotateFunction";

/** What the functions that answer leaks act on beside that. */
export type LeakResourceKind =
  /** Cases of leaks, and the deliveries that were taken. */
  | "leakTable"
  | "leakQueue"
  | "reportQueue"
  | "webhookSecret"
  | "githubAppSecret"
  | "slackSecret"
  | "siemSecret";

/** What an IAM action acts on. infra knows the ARNs; the sandbox knows its own. */
export type ResourceKind =
  | RotationResourceKind
  | LeakResourceKind
  /** AWS knows no narrower resource for the action. */
  | "any";

export interface Permission {
  actions: readonly string[];
  on: ResourceKind;
  /** Why it is needed; for `any`, also why there is no narrower resource. */
  why: string;
}
