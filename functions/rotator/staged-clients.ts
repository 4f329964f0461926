import type { RotatedCredential } from "../../core/rotation/credential.ts";
import { firstVersionId, generationToken, parseSecretValue } from "../../core/rotation/secret-value.ts";
import { stages } from "../../core/rotation/step-guard.ts";
import type { SecretDescription } from "../ports.ts";
import type { Rotator } from "./rotator.ts";

/** A version with labels, and the client that it names. */
export interface StagedClient {
  versionId: string;
  stages: readonly string[];
  createdAt: number;
  /** Undefined where the version has no value, or none that a rotation stores. */
  clientId: string | undefined;
}

export interface StagedClients {
  secret: SecretDescription;
  versions: readonly StagedClient[];
}

/** What the secret's versions name. Two reads of one version that became another are no matter: both are protected. */
export const readStagedClients = async (
  { ports }: Rotator,
  { secretArn }: RotatedCredential,
): Promise<StagedClients> => {
  const secret = await ports.secrets.describe(secretArn);
  const versions: StagedClient[] = [];
  for (const { versionId, stages, createdAt } of secret.versions) {
    const text = await ports.secrets.value(secretArn, { versionId });
    const clientId = text && parseSecretValue(text.reveal())?.clientId;
    versions.push({ versionId, stages, createdAt, clientId });
  }
  return { secret, versions };
};

/** The version that a generation was made for, if it still has a label. */
export const versionOf = (
  { versions }: StagedClients,
  owner: string,
  generation: { clientId: string; token: string },
): StagedClient | undefined =>
  versions.find(({ clientId }) => clientId === generation.clientId) ??
  versions.find(
    ({ versionId, clientId }) =>
      clientId === undefined &&
      (generationToken(versionId) === generation.token ||
        firstVersionId(owner, generation.token) === versionId),
  );

/** Whether users read the generation now, or will soon. */
export const isInService = (version: StagedClient | undefined): boolean =>
  version?.stages.some((stage) => stage === stages.current || stage === stages.pending) ?? false;
