/**
 * AWS Secrets Manager in memory, typed by the AWS SDK 3.1153. The other files of this folder say what is verified
 * and what is assumed.
 *
 * State of 2026-11-21.
 * - By design: whoever calls a method has every right (`../ports` and `../http` ask IAM first); nothing is encrypted;
 *   what the service does by itself happens when its timers say (`../agenda.ts`).
 * - Gaps: replication to other regions, resource policies, managed external secrets, SecretBinary, tag operations,
 *   ListSecrets, GetRandomPassword, BatchGetSecretValue, limits on the rate of calls, eventual consistency.
 */
import type {
  CancelRotateSecretRequest,
  CancelRotateSecretResponse,
  CreateSecretRequest,
  CreateSecretResponse,
  DeleteSecretRequest,
  DeleteSecretResponse,
  DescribeSecretRequest,
  DescribeSecretResponse,
  GetSecretValueRequest,
  GetSecretValueResponse,
  ListSecretVersionIdsRequest,
  ListSecretVersionIdsResponse,
  PutSecretValueRequest,
  PutSecretValueResponse,
  RestoreSecretRequest,
  RestoreSecretResponse,
  RotateSecretRequest,
  RotateSecretResponse,
  UpdateSecretRequest,
  UpdateSecretResponse,
  UpdateSecretVersionStageRequest,
  UpdateSecretVersionStageResponse,
} from "@aws-sdk/client-secrets-manager";
import { noToken } from "./errors.ts";
import { labelledVersions, labelsOf } from "./labels.ts";
import type { SecretRecord } from "./records.ts";
import { type RotationOptions, Rotations } from "./rotation.ts";
import { SecretStore } from "./store.ts";
import { findVersion, moveLabel, putValue } from "./values.ts";

export type { SecretRecord, VersionRecord } from "./records.ts";
export type { RotationEvent } from "./rotation.ts";

export class SecretsManager {
  readonly store: SecretStore;
  readonly #rotations: Rotations;
  readonly #options: RotationOptions;

  constructor(options: RotationOptions) {
    this.#options = options;
    this.store = new SecretStore(options);
    this.#rotations = new Rotations(options);
  }

  createSecret(request: CreateSecretRequest): CreateSecretResponse {
    const hasValue = request.SecretString !== undefined || request.SecretBinary !== undefined;
    if (hasValue && (request.ClientRequestToken ?? "") === "") throw noToken("InvalidRequestException");
    const secret = this.store.create(request);
    if (!hasValue) return { ARN: secret.arn, Name: secret.name };
    const { VersionId } = putValue(secret, request, this.#options.now());
    return { ARN: secret.arn, Name: secret.name, VersionId };
  }

  describeSecret({ SecretId }: DescribeSecretRequest): DescribeSecretResponse {
    const secret = this.store.find(SecretId);
    const versions = labelledVersions(secret);
    const date = (time: number | undefined): Date | undefined =>
      time === undefined ? undefined : new Date(time);
    return {
      ARN: secret.arn,
      Name: secret.name,
      Description: secret.description,
      KmsKeyId: secret.kmsKeyId,
      RotationEnabled: secret.rotationEnabled,
      RotationLambdaARN: secret.rotationFunction,
      RotationRules: secret.schedule?.rules,
      LastRotatedDate: date(secret.rotatedAt),
      LastChangedDate: date(secret.changedAt),
      LastAccessedDate: date(secret.accessedAt),
      DeletedDate: date(secret.deletedAt),
      NextRotationDate: date(secret.nextWindow?.end),
      Tags: secret.tags.length === 0 ? undefined : secret.tags,
      VersionIdsToStages: versions.size === 0 ? undefined : Object.fromEntries(versions),
      CreatedDate: date(secret.createdAt),
    };
  }

  /** Versions without a label only where the request includes them. One page. */
  listSecretVersionIds(request: ListSecretVersionIdsRequest): ListSecretVersionIdsResponse {
    const secret = this.store.find(request.SecretId);
    const versions = [...secret.versions.values()].flatMap(({ versionId, createdAt }) => {
      const stages = labelsOf(secret, versionId);
      if (stages.length === 0 && request.IncludeDeprecated !== true) return [];
      return [{ VersionId: versionId, VersionStages: stages, CreatedDate: new Date(createdAt) }];
    });
    return { ARN: secret.arn, Name: secret.name, Versions: versions };
  }

  getSecretValue(request: GetSecretValueRequest): GetSecretValueResponse {
    const { secret, version } = this.#read(request);
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.versionId,
      SecretString: version.value,
      VersionStages: labelsOf(secret, version.versionId),
      CreatedDate: new Date(version.createdAt),
    };
  }

  /** Of the same answer the value alone. */
  secretString(request: GetSecretValueRequest): string {
    return this.#read(request).version.value;
  }

  #read(request: GetSecretValueRequest) {
    const secret = this.store.findAlive(request.SecretId);
    const version = findVersion(secret, request);
    secret.accessedAt = this.#options.now();
    return { secret, version };
  }

  putSecretValue(request: PutSecretValueRequest): PutSecretValueResponse {
    const secret = this.store.findAlive(request.SecretId);
    return this.#changing(secret, () => putValue(secret, request, this.#options.now()));
  }

  updateSecret(request: UpdateSecretRequest): UpdateSecretResponse {
    const secret = this.store.findAlive(request.SecretId);
    const { Description, KmsKeyId, SecretString, SecretBinary, ClientRequestToken } = request;
    const hasValue = SecretString !== undefined || SecretBinary !== undefined;
    const put = hasValue
      ? this.#changing(secret, () =>
          putValue(secret, { SecretString, SecretBinary, ClientRequestToken }, this.#options.now()),
        )
      : undefined;
    if (Description !== undefined) secret.description = Description;
    if (KmsKeyId !== undefined) secret.kmsKeyId = KmsKeyId;
    secret.changedAt = this.#options.now();
    return { ARN: secret.arn, Name: secret.name, VersionId: put?.VersionId };
  }

  updateSecretVersionStage(request: UpdateSecretVersionStageRequest): UpdateSecretVersionStageResponse {
    const secret = this.store.findAlive(request.SecretId);
    moveLabel(secret, request, this.#options.now());
    return { ARN: secret.arn, Name: secret.name };
  }

  rotateSecret(request: RotateSecretRequest): RotateSecretResponse {
    const secret = this.store.findAlive(request.SecretId);
    const VersionId = this.#rotations.rotate(secret, request);
    return { ARN: secret.arn, Name: secret.name, VersionId };
  }

  cancelRotateSecret({ SecretId }: CancelRotateSecretRequest): CancelRotateSecretResponse {
    const secret = this.store.findAlive(SecretId);
    const VersionId = secret.running?.token;
    this.#rotations.cancel(secret);
    return { ARN: secret.arn, Name: secret.name, VersionId };
  }

  deleteSecret(request: DeleteSecretRequest): DeleteSecretResponse {
    return this.store.delete(request);
  }

  restoreSecret({ SecretId }: RestoreSecretRequest): RestoreSecretResponse {
    const secret = this.store.restore(SecretId);
    this.#rotations.schedule(secret, secret.rotatedAt ?? this.#options.now());
    return { ARN: secret.arn, Name: secret.name };
  }

  /** A value stored by hand counts as a rotation where the schedule is AutomaticallyAfterDays. */
  #changing<T>(secret: SecretRecord, change: () => T): T {
    const before = secret.labels.get("AWSCURRENT");
    const result = change();
    const byHand = secret.running === undefined && secret.labels.get("AWSCURRENT") !== before;
    if (byHand && secret.schedule?.rules.AutomaticallyAfterDays !== undefined)
      this.#rotations.schedule(secret, this.#options.now());
    return result;
  }
}
