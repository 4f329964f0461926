/**
 * Rotation by a Lambda function.
 *
 * Verified (docs of RotateSecret and CancelRotateSecret; https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_how.html):
 * asynchronous; the version of ClientRequestToken gets AWSPENDING before the function is first called, without a value;
 * createSecret, setSecret, testSecret, finishSecret with {SecretId (ARN), ClientRequestToken, Step}, each after the one
 * before has succeeded; while AWSPENDING is on another version than AWSCURRENT a further RotateSecret is refused
 * ("That rotation will be reattempted"); AWSPENDING stays on the version that becomes AWSCURRENT (LocalStack's
 * recordings of AWS); RotateImmediately false runs testSecret alone, with an AWSPENDING that is then removed.
 * Assumed (2026-11-21): a failed rotation starts anew at createSecret with the same token, after the pauses of
 * `rotationPauses`, then in the next window; a step that returns has succeeded, whatever it returns, but after
 * finishSecret the token's version must be AWSCURRENT; RotateSecret with the token of the running rotation answers as
 * the first time; the token of a version that has been AWSCURRENT is refused with ResourceExistsException. The role
 * of the function needs no RotationToken (the secret is in the function's own account).
 */
import type { RotateSecretRequest } from "@aws-sdk/client-secrets-manager";
import type { SecretsManagerRotationEvent } from "aws-lambda";
import { noRotationFunction, noToken, rotationIsRunning, versionExists } from "./errors.ts";
import { attach } from "./labels.ts";
import type { SecretRecord } from "./records.ts";
import { nextWindow, readRules } from "./schedule.ts";
import type { StoreOptions } from "./store.ts";
import { ensureVersion } from "./values.ts";

export interface RotationOptions extends StoreOptions {
  /** Calls the function with that ARN; throws what the function throws. */
  invoke(functionArn: string, event: SecretsManagerRotationEvent): Promise<unknown>;
  /** From 0 to 1, below 1: where in its window a rotation begins. */
  random: () => number;
  /** Milliseconds after the first, second, ... failed attempt. */
  rotationPauses: readonly number[];
  onRotation?(event: RotationEvent): void;
}

/** What CloudTrail would show. */
export interface RotationEvent {
  kind: "RotationStarted" | "RotationSucceeded" | "RotationFailed";
  secretArn: string;
  token: string;
  at: number;
  error?: unknown;
}

const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;

/** The version of a rotation that has not ended. */
const pendingOf = ({ labels }: SecretRecord): string | undefined => {
  const pending = labels.get("AWSPENDING");
  return pending === labels.get("AWSCURRENT") ? undefined : pending;
};

export class Rotations {
  readonly #options: RotationOptions;

  constructor(options: RotationOptions) {
    this.#options = options;
  }

  /** @throws AwsError InvalidRequestException, InvalidParameterException, ResourceExistsException */
  rotate(secret: SecretRecord, request: Omit<RotateSecretRequest, "SecretId">): string | undefined {
    const { ClientRequestToken: token, RotationLambdaARN, RotationRules } = request;
    if (token === undefined || token === "") throw noToken("InvalidParameterException");
    const rotationFunction = RotationLambdaARN ?? secret.rotationFunction;
    if (rotationFunction === undefined) throw noRotationFunction();
    const now = this.#options.now();
    const schedule = RotationRules === undefined ? secret.schedule : readRules(RotationRules, now);
    const pending = pendingOf(secret);
    if (pending !== undefined && pending !== token) throw rotationIsRunning();
    if (pending === undefined && secret.versions.has(token)) throw versionExists(token, secret.arn);
    secret.rotationFunction = rotationFunction;
    secret.schedule = schedule;
    secret.rotationEnabled = true;
    if (request.RotateImmediately === false) {
      this.schedule(secret, secret.rotatedAt ?? now);
      this.#options.timers.at(now, () => this.#test(secret, token));
      return undefined;
    }
    if (secret.running?.token !== token) this.#begin(secret, token, now);
    return token;
  }

  cancel(secret: SecretRecord): void {
    secret.callOff?.();
    secret.callOff = undefined;
    secret.rotationEnabled = false;
    secret.nextWindow = undefined;
    secret.running = undefined;
  }

  /** Notes the next rotation, counted from one at `rotatedAt`. */
  schedule(secret: SecretRecord, rotatedAt: number): void {
    secret.callOff?.();
    secret.callOff = undefined;
    secret.nextWindow = undefined;
    if (secret.schedule === undefined || secret.rotationEnabled !== true) return;
    if (secret.deletedAt !== undefined) return;
    const now = this.#options.now();
    let window = nextWindow(secret.schedule, rotatedAt);
    if (window.end <= now) window = nextWindow(secret.schedule, now);
    secret.nextWindow = window;
    const time = window.start + Math.floor(this.#options.random() * (window.end - window.start));
    secret.callOff = this.#options.timers.at(Math.max(time, now), () => {
      const token = pendingOf(secret) ?? this.#options.newId();
      try {
        this.#begin(secret, token, this.#options.now());
      } catch (error) {
        // More young versions than a secret may have.
        this.#tell("RotationFailed", secret, token, error);
        this.schedule(secret, this.#options.now());
      }
    });
  }

  #begin(secret: SecretRecord, token: string, now: number): void {
    ensureVersion(secret, token, now);
    attach(secret, "AWSPENDING", token);
    const running = { token, attempts: 0 };
    secret.running = running;
    secret.callOff?.();
    secret.callOff = this.#options.timers.at(now, () => this.#attempt(secret, running));
  }

  async #attempt(secret: SecretRecord, running: { token: string; attempts: number }): Promise<void> {
    const { now, timers, rotationPauses } = this.#options;
    // The attempt itself is no longer to be called off, only what comes after it.
    secret.callOff = undefined;
    running.attempts += 1;
    this.#tell("RotationStarted", secret, running.token);
    try {
      for (const step of steps) {
        if (secret.running !== running) return;
        await this.#call(secret, running.token, step);
      }
      if (secret.labels.get("AWSCURRENT") !== running.token)
        throw new Error(`finishSecret left AWSCURRENT off version ${running.token}.`);
    } catch (error) {
      this.#tell("RotationFailed", secret, running.token, error);
      if (secret.running !== running) return;
      const pause = rotationPauses[running.attempts - 1];
      if (pause !== undefined && secret.deletedAt === undefined) {
        secret.callOff = timers.at(now() + pause, () => this.#attempt(secret, running));
        return;
      }
      secret.running = undefined;
      this.schedule(secret, now());
      return;
    }
    this.#tell("RotationSucceeded", secret, running.token);
    if (secret.running !== running) return;
    secret.running = undefined;
    secret.rotatedAt = now();
    this.schedule(secret, secret.rotatedAt);
  }

  async #test(secret: SecretRecord, token: string): Promise<void> {
    ensureVersion(secret, token, this.#options.now());
    attach(secret, "AWSPENDING", token);
    try {
      await this.#call(secret, token, "testSecret");
    } catch (error) {
      this.#tell("RotationFailed", secret, token, error);
    } finally {
      if (secret.labels.get("AWSPENDING") === token) secret.labels.delete("AWSPENDING");
    }
  }

  #tell(kind: RotationEvent["kind"], secret: SecretRecord, token: string, error?: unknown): void {
    const event = { kind, secretArn: secret.arn, token, at: this.#options.now() };
    this.#options.onRotation?.(error === undefined ? event : { ...event, error });
  }

  async #call(secret: SecretRecord, token: string, step: (typeof steps)[number]): Promise<void> {
    const event: SecretsManagerRotationEvent = {
      Step: step,
      SecretId: secret.arn,
      ClientRequestToken: token,
    };
    await this.#options.invoke(secret.rotationFunction ?? "", event);
  }
}
