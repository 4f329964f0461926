/**
 * Staging labels.
 *
 * Verified (docs of PutSecretValue and UpdateSecretVersionStage; LocalStack's recordings of AWS): a label is on one
 * version at most; AWSPREVIOUS moves to the version that AWSCURRENT leaves, other labels stay where they are; labels
 * are listed in alphabetical order; a version without labels is deprecated, no operation lists it, and the service
 * deletes it when there are about 100, but none younger than 24 hours
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html).
 * Assumed (2026-11-21): more than 100 young versions are refused with LimitExceededException.
 */
import { limitExceeded } from "./errors.ts";
import type { SecretRecord } from "./records.ts";

const maximumVersions = 100;
const youngMilliseconds = 24 * 3600 * 1000;

/** Puts a label on a version, off the one that had it. */
export const attach = (secret: SecretRecord, label: string, versionId: string): void => {
  const holder = secret.labels.get(label);
  if (holder === versionId) return;
  secret.labels.set(label, versionId);
  if (label === "AWSCURRENT" && holder !== undefined) secret.labels.set("AWSPREVIOUS", holder);
};

export const labelsOf = (secret: SecretRecord, versionId: string): string[] => {
  const labels: string[] = [];
  for (const [label, holder] of secret.labels) if (holder === versionId) labels.push(label);
  return labels.sort();
};

/** Labels by version; versions without any are left out. */
export const labelledVersions = (secret: SecretRecord): Map<string, string[]> => {
  const versions = new Map<string, string[]>();
  for (const [label, versionId] of secret.labels) {
    const labels = versions.get(versionId);
    if (labels === undefined) versions.set(versionId, [label]);
    else labels.push(label);
  }
  for (const labels of versions.values()) if (labels.length > 1) labels.sort();
  return versions;
};

/** Makes room for one more version. */
export const prune = (secret: SecretRecord, now: number): void => {
  if (secret.versions.size < maximumVersions) return;
  const labelled = new Set(secret.labels.values());
  for (const [versionId, { createdAt }] of secret.versions) {
    if (now - createdAt < youngMilliseconds) break;
    if (labelled.has(versionId)) continue;
    secret.versions.delete(versionId);
    if (secret.versions.size < maximumVersions) return;
  }
  throw limitExceeded("You have reached the maximum number of versions for this secret.");
};
