import type { RotatedCredential } from "../../core/rotation/credential.ts";
import type { StagedClient } from "../../core/rotation/reconciliation.ts";
import { parseSecretValue } from "../../core/rotation/secret-value.ts";
import type { SecretDescription } from "../ports.ts";
import type { Rotator } from "./rotator.ts";

export interface StagedClients {
  secret: SecretDescription;
  versions: readonly StagedClient[];
}

/** What a version that has a value names: no client, where the value is none that a rotation stores. */
type Named = Pick<StagedClient, "clientId">;

/**
 * By secret and version id. A version's value never changes once it has one, so a warm function reads it once
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html, ClientRequestToken).
 */
const remembered = new WeakMap<Rotator, Map<string, ReadonlyMap<string, Named>>>();

const readNamed = async (
  { ports }: Rotator,
  secretArn: string,
  versionId: string,
): Promise<Named | undefined> => {
  const text = await ports.secrets.value(secretArn, { versionId });
  return text && { clientId: parseSecretValue(text.reveal())?.clientId };
};

/** The secret, and what its versions name. A secret that is scheduled for deletion shows its labels alone. */
export const readStagedClients = async (
  rotator: Rotator,
  { secretArn }: RotatedCredential,
): Promise<StagedClients> => {
  const secret = await rotator.ports.secrets.describe(secretArn);
  if (secret.deletedAt !== undefined)
    return { secret, versions: secret.versions.map((version) => ({ ...version, clientId: undefined })) };
  const known = remembered.get(rotator) ?? new Map<string, ReadonlyMap<string, Named>>();
  remembered.set(rotator, known);
  const before = known.get(secretArn);
  const now = new Map<string, Named>();
  const versions: StagedClient[] = [];
  for (const { versionId, stages, createdAt } of secret.versions) {
    const named = before?.get(versionId) ?? (await readNamed(rotator, secretArn, versionId));
    if (named !== undefined) now.set(versionId, named);
    versions.push({ versionId, stages, createdAt, clientId: named?.clientId });
  }
  known.set(secretArn, now);
  return { secret, versions };
};
