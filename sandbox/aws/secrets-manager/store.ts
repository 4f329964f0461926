/**
 * Which secrets there are.
 *
 * Verified (docs of CreateSecret, DeleteSecret, RestoreSecret; LocalStack's recordings of AWS): a name is refused
 * while a secret has it, scheduled for deletion or not; the ARN ends with six random characters; recovery window 7 to
 * 30 days, default 30, or none; until it ends reads and writes are refused, DescribeSecret answers, RestoreSecret
 * brings everything back; names are found by name, ARN, or ARN without the last seven characters.
 * Assumed (2026-11-21): the secret is gone at the very end of the window; it is not rotated meanwhile.
 */
import type {
  CreateSecretRequest,
  DeleteSecretRequest,
  DeleteSecretResponse,
} from "@aws-sdk/client-secrets-manager";
import type { Timers } from "../agenda.ts";
import { arn, type Place } from "../place.ts";
import { alreadyExists, invalidParameter, isDeleted, nameIsBeingDeleted, notFound } from "./errors.ts";
import type { SecretRecord } from "./records.ts";

export type { SecretRecord } from "./records.ts";

const day = 24 * 3600 * 1000;
const namePattern = /^[\w/+=.@-]{1,512}$/;

export interface StoreOptions {
  now: () => number;
  newId: () => string;
  timers: Timers;
  place: Place;
}

export class SecretStore {
  readonly #byName = new Map<string, SecretRecord>();
  readonly #byArn = new Map<string, SecretRecord>();
  readonly #options: StoreOptions;

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  get all(): Iterable<SecretRecord> {
    return this.#byName.values();
  }

  /** @throws AwsError ResourceNotFoundException */
  find(secretId: string | undefined): SecretRecord {
    if (secretId === undefined || secretId === "")
      throw invalidParameter("You must provide a value for the SecretId parameter.");
    const found = this.#byArn.get(secretId) ?? this.#byName.get(secretId);
    if (found === undefined) throw notFound();
    return found;
  }

  /** A secret that is not scheduled for deletion. @throws AwsError ResourceNotFoundException, InvalidRequestException */
  findAlive(secretId: string | undefined): SecretRecord {
    const secret = this.find(secretId);
    if (secret.deletedAt !== undefined) throw isDeleted();
    return secret;
  }

  create({ Name: name = "", Description, KmsKeyId, Tags }: CreateSecretRequest): SecretRecord {
    if (!namePattern.test(name))
      throw invalidParameter(
        "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
      );
    const existing = this.#byName.get(name);
    if (existing?.deletedAt !== undefined) throw nameIsBeingDeleted();
    if (existing !== undefined) throw alreadyExists(name);
    const { now, newId, place } = this.#options;
    const suffix = newId().replaceAll("-", "").slice(-6);
    const partialArn = arn(place, "secretsmanager", `secret:${name}`);
    const secret: SecretRecord = {
      name,
      arn: `${partialArn}-${suffix}`,
      createdAt: now(),
      description: Description,
      kmsKeyId: KmsKeyId,
      tags: Tags ?? [],
      versions: new Map(),
      labels: new Map(),
      changedAt: now(),
      accessedAt: undefined,
      purgeAt: undefined,
      deletedAt: undefined,
      rotationEnabled: undefined,
      rotationFunction: undefined,
      schedule: undefined,
      rotatedAt: undefined,
      nextWindow: undefined,
      running: undefined,
      callOff: undefined,
    };
    this.#byName.set(name, secret);
    this.#byArn.set(secret.arn, secret);
    this.#byArn.set(partialArn, secret);
    return secret;
  }

  delete(request: DeleteSecretRequest): DeleteSecretResponse {
    const { SecretId, RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: force } = request;
    if (force === true && days !== undefined)
      throw invalidParameter(
        "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
      );
    if (days !== undefined && (days < 7 || days > 30))
      throw invalidParameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    const secret = this.findAlive(SecretId);
    const now = this.#options.now();
    const purgeAt = force === true ? now : now + (days ?? 30) * day;
    secret.deletedAt = now;
    secret.purgeAt = purgeAt;
    secret.callOff?.();
    if (force === true) this.#purge(secret);
    else
      this.#options.timers.at(purgeAt, () => {
        if (secret.purgeAt === purgeAt) this.#purge(secret);
      });
    return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(purgeAt) };
  }

  /** Undoes a deletion; does nothing to a secret that is not deleted. */
  restore(secretId: string | undefined): SecretRecord {
    const secret = this.find(secretId);
    secret.deletedAt = undefined;
    secret.purgeAt = undefined;
    return secret;
  }

  #purge(secret: SecretRecord): void {
    this.#byName.delete(secret.name);
    this.#byArn.delete(secret.arn);
    this.#byArn.delete(secret.arn.slice(0, -7));
  }
}
