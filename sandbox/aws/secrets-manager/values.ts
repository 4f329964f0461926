/**
 * Versions of a secret and their values.
 *
 * Verified (docs of PutSecretValue, GetSecretValue, UpdateSecretVersionStage): ClientRequestToken becomes the version
 * id; the same token with the same value changes nothing; with another value it is refused; without VersionStages the
 * new version is AWSCURRENT; a label that is on another version than RemoveFromVersionId says is not moved. A version
 * whose rotation has only begun has no value: GetSecretValue does not find it (aws-sdk-js-v3#7701). The first value
 * of a secret without any becomes AWSCURRENT (LocalStack's recordings of AWS).
 * Assumed (2026-11-21): AWSCURRENT may be moved to a version without a value.
 * Gap: SecretBinary.
 */
import type {
  GetSecretValueRequest,
  PutSecretValueRequest,
  PutSecretValueResponse,
  UpdateSecretVersionStageRequest,
} from "@aws-sdk/client-secrets-manager";
import {
  invalidParameter,
  invalidRequest,
  limitExceeded,
  noToken,
  noValue,
  versionExists,
} from "./errors.ts";
import { attach, labelsOf, prune } from "./labels.ts";
import type { SecretRecord, VersionRecord } from "./records.ts";

const maximumLabels = 20;
const maximumBytes = 65_536;

/** The version that has the id, or the label, or both. @throws AwsError ResourceNotFoundException */
export const findVersion = (
  secret: SecretRecord,
  { VersionId: versionId, VersionStage: stage }: Pick<GetSecretValueRequest, "VersionId" | "VersionStage">,
): VersionRecord & { value: string } => {
  const label = stage ?? (versionId === undefined ? "AWSCURRENT" : undefined);
  const id = versionId ?? (label === undefined ? undefined : secret.labels.get(label));
  const version = id === undefined ? undefined : secret.versions.get(id);
  if (version?.value === undefined)
    throw noValue(versionId === undefined ? `staging label: ${label}` : `VersionId: ${versionId}`);
  if (versionId !== undefined && label !== undefined && secret.labels.get(label) !== versionId)
    throw invalidRequest("You provided a VersionStage that is not associated to the provided VersionId.");
  return version as VersionRecord & { value: string };
};

/** The version with that id, made where there is none yet. */
export const ensureVersion = (secret: SecretRecord, versionId: string, now: number): VersionRecord => {
  const existing = secret.versions.get(versionId);
  if (existing !== undefined) return existing;
  if (versionId.length < 32 || versionId.length > 64)
    throw invalidParameter("ClientRequestToken must be 32-64 characters long.");
  prune(secret, now);
  const version: VersionRecord = { versionId, createdAt: now, value: undefined };
  secret.versions.set(versionId, version);
  return version;
};

/** What a request gives as the value. */
export const readValue = (request: Pick<PutSecretValueRequest, "SecretString" | "SecretBinary">): string => {
  if (request.SecretBinary !== undefined) throw invalidParameter("SecretBinary isn't supported here.");
  const value = request.SecretString;
  if (value === undefined) throw invalidRequest("You must provide either SecretString or SecretBinary.");
  if (value === "" || Buffer.byteLength(value) > maximumBytes)
    throw invalidParameter(`SecretString must have 1 to ${maximumBytes} bytes.`);
  return value;
};

export const putValue = (
  secret: SecretRecord,
  request: Omit<PutSecretValueRequest, "SecretId">,
  now: number,
): PutSecretValueResponse => {
  const { ClientRequestToken: versionId, VersionStages: stages = ["AWSCURRENT"] } = request;
  if (versionId === undefined || versionId === "") throw noToken("InvalidRequestException");
  const value = readValue(request);
  if (stages.length === 0 || stages.length > maximumLabels)
    throw invalidParameter(`VersionStages must have 1 to ${maximumLabels} members.`);
  const existing = secret.versions.get(versionId);
  if (existing?.value !== undefined && existing.value !== value) throw versionExists(versionId, secret.arn);
  if (existing?.value === undefined) {
    ensureVersion(secret, versionId, now).value = value;
    for (const stage of stages) attach(secret, stage, versionId);
    secret.changedAt = now;
  }
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: versionId,
    VersionStages: labelsOf(secret, versionId),
  };
};

export const moveLabel = (
  secret: SecretRecord,
  request: Omit<UpdateSecretVersionStageRequest, "SecretId">,
  now: number,
): void => {
  const { VersionStage: label = "", RemoveFromVersionId: from, MoveToVersionId: to } = request;
  if (label === "" || label.length > 256)
    throw invalidParameter("VersionStage must have 1 to 256 characters.");
  if (from === undefined && to === undefined)
    throw invalidParameter("You must provide MoveToVersionId, RemoveFromVersionId or both.");
  if (to !== undefined && !secret.versions.has(to)) throw noValue(`VersionId: ${to}`);
  const holder = secret.labels.get(label);
  if (holder !== undefined && holder !== to && from === undefined)
    throw invalidParameter(
      `The parameter RemoveFromVersionId can't be empty. Staging label ${label} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
    );
  if (from !== undefined && holder !== from)
    throw invalidParameter(
      `The parameter RemoveFromVersionId must be the version that has staging label ${label}${holder === undefined ? "; no version has it" : `, which is ${holder}`}.`,
    );
  if (to === undefined && label === "AWSCURRENT")
    throw invalidParameter(
      "You can only move staging label AWSCURRENT to a different secret version. It can't be completely removed.",
    );
  if (to === undefined) secret.labels.delete(label);
  else {
    if (holder !== to && labelsOf(secret, to).length >= maximumLabels)
      throw limitExceeded("You have reached the maximum number of staging labels for this version.");
    attach(secret, label, to);
  }
  secret.changedAt = now;
};
