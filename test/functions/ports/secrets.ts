import { Secret } from "../../../apis/http/secret.ts";

/** What somebody else does to the secret store, beside the port. */
export interface SecretsAdministrator {
  /** Makes a secret, with a first version where one is given. Returns its ARN. */
  create(name: string, first?: { versionId: string; value: Secret }): Promise<string>;
  /** Has the service call a function for it, without rotating it now. */
  enableRotation(secretId: string): Promise<void>;
  /** What a rotation does first: AWSPENDING on a version that has no value yet. */
  begin(secretId: string, versionId: string): Promise<void>;
  put(secretId: string, version: { versionId: string; value: Secret; stages: string[] }): Promise<void>;
  /** Schedules it for deletion in 7 days. */
  delete(secretId: string): Promise<void>;
  /** Labels by version, of the versions that have any. */
  stages(secretId: string): Promise<Record<string, string[]>>;
  /** The value of a version that has one. */
  value(secretId: string, versionId: string): Promise<string>;
}

export const missingSecret = "rotated/none-of-that-name";

/** A value that tells whether the right one was read. */
export const secretOf = (text: string): Secret => new Secret(JSON.stringify({ text }));
