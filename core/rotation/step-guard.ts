/**
 * What Secrets Manager asks a rotation function to check before each of its steps.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
export const rotationSteps = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;
export type RotationStep = (typeof rotationSteps)[number];

export const stages = { current: "AWSCURRENT", pending: "AWSPENDING", previous: "AWSPREVIOUS" } as const;

interface Version {
  versionId: string;
  stages: readonly string[];
}

export interface StagedSecret {
  rotationEnabled: boolean;
  versions: readonly Version[];
  deletedAt?: number;
}

/** Why a step may not run. */
export type Refusal = "secret-deleted" | "rotation-disabled" | "unknown-version" | "not-pending";

export type Guard = { kind: "proceed" } | { kind: "done" } | { kind: "refused"; why: Refusal };

/** The version that has the label. */
export const versionWith = (secret: Pick<StagedSecret, "versions">, stage: string): string | undefined =>
  secret.versions.find((version) => version.stages.includes(stage))?.versionId;

/** `done`: the version is current already, as when a step is repeated after the last one. */
export const guardStep = (secret: StagedSecret, versionId: string): Guard => {
  if (secret.deletedAt !== undefined) return { kind: "refused", why: "secret-deleted" };
  if (!secret.rotationEnabled) return { kind: "refused", why: "rotation-disabled" };
  const version = secret.versions.find((each) => each.versionId === versionId);
  if (version === undefined) return { kind: "refused", why: "unknown-version" };
  if (version.stages.includes(stages.current)) return { kind: "done" };
  if (!version.stages.includes(stages.pending)) return { kind: "refused", why: "not-pending" };
  return { kind: "proceed" };
};
