import { Secret } from "../../apis/http/secret.ts";
import type { RotatedCredential } from "../../core/rotation/credential.ts";
import type { CredentialRecord, KnownClient, ReadRecord } from "../../core/rotation/credential-record.ts";
import { formatSecretValue, parseSecretValue, type SecretValue } from "../../core/rotation/secret-value.ts";
import type { Lease, SecretDescription } from "../ports.ts";
import { RotatorError } from "./errors.ts";
import type { Rotator } from "./rotator.ts";

/** One step of one rotation, under the credential's lease. */
export interface Step {
  readonly rotator: Rotator;
  readonly credential: RotatedCredential;
  readonly lease: Lease;
  readonly secret: SecretDescription;
  /** The ClientRequestToken: the version that this rotation makes. */
  readonly versionId: string;
  /** The marker token of the generation that this rotation makes. */
  readonly token: string;
  /** What the ledger said when the step began. */
  readonly known: ReadRecord;
}

export const writeRecord = ({ rotator, lease }: Step, record: CredentialRecord): Promise<void> =>
  rotator.ports.ledger.write(lease, record);

/** What is stored under the rotation's version. */
export type Stored = { kind: "nothing" } | { kind: "damaged" } | { kind: "value"; value: SecretValue };

export const readStored = async ({ rotator, credential, versionId }: Step): Promise<Stored> => {
  const text = await rotator.ports.secrets.value(credential.secretArn, { versionId });
  if (text === undefined) return { kind: "nothing" };
  const value = parseSecretValue(text.reveal());
  return value === undefined ? { kind: "damaged" } : { kind: "value", value };
};

/** @throws RotatorError nothing-pending */
export const requireStored = async (step: Step): Promise<Exclude<Stored, { kind: "nothing" }>> => {
  const stored = await readStored(step);
  if (stored.kind === "nothing")
    throw new RotatorError(
      "nothing-pending",
      `${step.credential.id}: the version ${step.versionId} has no value, so createSecret has not run. The rotation is tried again.`,
    );
  return stored;
};

/** Stores what the platform issued as this rotation's version. */
export const store = (
  { rotator, credential, versionId }: Step,
  issued: { clientId: string; clientSecret: Secret },
  stages: readonly string[],
): Promise<void> => {
  const value = formatSecretValue({
    clientId: issued.clientId,
    clientSecret: issued.clientSecret.reveal(),
    region: rotator.declarations.region,
  });
  return rotator.ports.secrets.put(credential.secretArn, { versionId, value: new Secret(value), stages });
};

/** The generation of this rotation, for the record. */
export const generationOfStep = (
  { rotator, credential, token }: Step,
  clientId: string,
  madeAt = rotator.ports.clock.now(),
): KnownClient => ({
  clientId,
  token,
  madeAt,
  tokenLifetimeSeconds: credential.client.accessTokenValiditySeconds,
});
