import { fingerprint } from "../../../core/fingerprint.ts";
import { firstVersionId } from "../../../core/rotation/secret-value.ts";
import type { Session } from "../session.ts";
import type { SecretSinkArgs } from "../types.ts";
import { readVersion, storeCurrent } from "./secret-store.ts";

/** A secret that the platform has just handed out, and will not show again. */
export interface IssuedSecret {
  /** Prefix of the client's marker. */
  owner: string;
  clientId: string;
  secret: string;
}

/** What the state keeps of a secret. */
export interface SecretOutputs {
  /** The secret itself, where the state is its only home; the engine encrypts it. */
  clientSecret?: string;
  /** SHA-256 of the secret, hexadecimal. */
  secretFingerprint: string;
  /** Where else the secret is: its ARN in Secrets Manager, and the version. */
  secretArn?: string;
  secretVersionId?: string;
}

/** Puts a secret away. If that fails, another secret of the same client may be stored later. */
export const storeSecret = async (
  session: Session,
  sink: SecretSinkArgs,
  { owner, clientId, secret }: IssuedSecret,
): Promise<SecretOutputs> => {
  const secretFingerprint = fingerprint(secret);
  if (sink.kind === "state") return { clientSecret: secret, secretFingerprint };
  // The same secret always gets the same version, so that a repeated attempt makes no second one.
  const secretVersionId = firstVersionId(owner, secretFingerprint);
  await storeCurrent(session, sink, secretVersionId, { clientId, clientSecret: secret });
  return { secretFingerprint, secretArn: sink.secretArn, secretVersionId };
};

/** The client's secret, from where it was put; undefined if it is not there (any more). */
export const storedSecret = async (
  session: Session,
  sink: SecretSinkArgs,
  clientId: string,
  { clientSecret, secretFingerprint, secretVersionId: versionId }: Partial<SecretOutputs>,
): Promise<string | undefined> => {
  if (sink.kind === "state") return clientSecret;
  if (versionId === undefined) return undefined;
  const held = (await readVersion(session, sink, { versionId }))?.held;
  const isIt = held?.clientId === clientId && fingerprint(held.clientSecret) === secretFingerprint;
  return isIt ? held.clientSecret : undefined;
};
