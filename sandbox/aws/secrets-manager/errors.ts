/**
 * Errors of Secrets Manager, word for word where a recording of the real service exists.
 *
 * Verified: `notFound`, `alreadyExists`, `nameIsBeingDeleted`, `noToken` (LocalStack's recordings of AWS,
 * tests/aws/services/secretsmanager/test_secretsmanager.snapshot.json); `noValue` by label (aws-sdk-js-v3#7701);
 * `rotationIsRunning` (terraform-provider-aws#35023); names: the `@throws` of the SDK's commands, 3.1153.
 * Assumed (2026-11-21): every other wording.
 */
import { AwsError } from "../error.ts";

export const notFound = (): AwsError =>
  new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

export const noValue = (which: string): AwsError =>
  new AwsError(
    "ResourceNotFoundException",
    `Secrets Manager can't find the specified secret value for ${which}`,
  );

export const isDeleted = (): AwsError =>
  new AwsError(
    "InvalidRequestException",
    "You can't perform this operation on the secret because it was marked for deletion.",
  );

export const nameIsBeingDeleted = (): AwsError =>
  new AwsError(
    "InvalidRequestException",
    "You can't create this secret because a secret with this name is already scheduled for deletion.",
  );

export const alreadyExists = (name: string): AwsError =>
  new AwsError("ResourceExistsException", `The operation failed because the secret ${name} already exists.`);

export const versionExists = (versionId: string, arn: string): AwsError =>
  new AwsError(
    "ResourceExistsException",
    `You can't use ClientRequestToken ${versionId} because that value is already in use for a version of secret ${arn}.`,
  );

export const rotationIsRunning = (): AwsError =>
  new AwsError(
    "InvalidRequestException",
    "A previous rotation isn't complete. That rotation will be reattempted.",
  );

export const noRotationFunction = (): AwsError =>
  new AwsError("InvalidRequestException", "No Lambda rotation function ARN is associated with this secret.");

export const noToken = (name: "InvalidRequestException" | "InvalidParameterException"): AwsError =>
  new AwsError(name, "You must provide a ClientRequestToken value. We recommend a UUID-type value.");

export const invalidParameter = (message: string): AwsError =>
  new AwsError("InvalidParameterException", message);

export const invalidRequest = (message: string): AwsError => new AwsError("InvalidRequestException", message);

export const limitExceeded = (message: string): AwsError => new AwsError("LimitExceededException", message);
