import type { Tag } from "@aws-sdk/client-secrets-manager";
import type { RotationSchedule } from "./schedule.ts";

export interface VersionRecord {
  readonly versionId: string;
  readonly createdAt: number;
  /** None yet where a rotation has only begun. */
  value: string | undefined;
}

/** A rotation from its start until it has succeeded or is given up. */
export interface RunningRotation {
  readonly token: string;
  /** How often the steps have been started. */
  attempts: number;
}

export interface SecretRecord {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  description: string | undefined;
  /** ARN of the key; undefined means the account's `aws/secretsmanager`. */
  kmsKeyId: string | undefined;
  tags: Tag[];
  /** By version id, in the order of creation. */
  readonly versions: Map<string, VersionRecord>;
  /** Which version has a label: every label is on one version at most. */
  readonly labels: Map<string, string>;
  changedAt: number;
  accessedAt: number | undefined;
  /** When the recovery window ends; undefined while the secret is not scheduled for deletion. */
  purgeAt: number | undefined;
  deletedAt: number | undefined;
  /** Undefined until rotation has been configured for the first time. */
  rotationEnabled: boolean | undefined;
  rotationFunction: string | undefined;
  schedule: RotationSchedule | undefined;
  rotatedAt: number | undefined;
  /** The window in which the next scheduled rotation happens. */
  nextWindow: { start: number; end: number } | undefined;
  running: RunningRotation | undefined;
  /** Calls the next scheduled start, or the next attempt, off. */
  callOff: (() => void) | undefined;
}
