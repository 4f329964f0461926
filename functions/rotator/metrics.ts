/** Under which a stack's functions measure, so that two stacks in one account and region are told apart. */
export const metricNamespaceOf = (stack: string): string => `CredentialGuard/${stack}`;

/** Names of what the functions measure: alarms are set on them. */

export const metricNames = {
  /** Seconds since the current secret was made; dimension Credential. */
  oldestSecretAge: "OldestSecretAgeSeconds",
  /** A step of a rotation failed; dimensions Credential, Step. */
  stepFailed: "RotationStepFailed",
  /** Clients of a credential that the platform has; dimension Credential. */
  generationsAlive: "GenerationsAlive",
  /** Clients that the platform would still make, reserve included. */
  quotaHeadroom: "QuotaHeadroom",
  /** Clients with our marker that nothing knows. */
  orphansFound: "OrphansFound",
  /** A superseded generation is used beyond its time; dimension Credential. */
  oldGenerationInUse: "OldGenerationInUse",
} as const;
