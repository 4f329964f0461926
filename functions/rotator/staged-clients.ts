import type { RotatedCredential } from "../../core/rotation/credential.ts";
import type { StagedClient } from "../../core/rotation/reconciliation.ts";
import { parseSecretValue } from "../../core/rotation/secret-value.ts";
import type { SecretDescription } from "../ports.ts";
import type { Rotator } from "./rotator.ts";

export interface StagedClients {
  secret: SecretDescription;
  versions: readonly StagedClient[];
}

/** The secret, and what its versions name. A secret that is scheduled for deletion shows its labels alone. */
export const readStagedClients = async (
  { ports }: Rotator,
  { secretArn }: RotatedCredential,
): Promise<StagedClients> => {
  const secret = await ports.secrets.describe(secretArn);
  const versions: StagedClient[] = [];
  for (const { versionId, stages, createdAt } of secret.versions) {
    const text =
      secret.deletedAt === undefined ? await ports.secrets.value(secretArn, { versionId }) : undefined;
    const clientId = text && parseSecretValue(text.reveal())?.clientId;
    versions.push({ versionId, stages, createdAt, clientId });
  }
  return { secret, versions };
};
