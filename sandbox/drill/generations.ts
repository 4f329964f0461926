import { logicalNameOf, readMarker } from "../../core/marker.ts";
import { parseSecretValue } from "../../core/rotation/secret-value.ts";
import type { DrillWorld } from "./world.ts";

/** One client of a rotated credential, as the platform has it now. */
export interface LiveGeneration {
  clientId: string;
  state: string;
  dateToDelete: string | undefined;
}

/** The clients of a credential that exist on the platform, the oldest first. */
export const generationsOf = ({ genesys }: DrillWorld, credentialId: string): LiveGeneration[] =>
  genesys.world.clients
    .all()
    .filter(({ description }) => logicalNameOf(readMarker(description)?.prefix ?? "") === credentialId)
    .sort((a, b) => Date.parse(a.dateCreated) - Date.parse(b.dateCreated))
    .map(({ id, state, dateToDelete }) => ({ clientId: id, state, dateToDelete }));

const secretsOf = ({ aws }: DrillWorld) => aws.cloud.region("us-east-1").secretsManager;

export const secretArnOf = ({ aws }: DrillWorld, credentialId: string): string =>
  aws.registry.ofType("aws:secretsmanager/secret:Secret").find(({ urn }) => urn.endsWith(`::${credentialId}`))
    ?.id ?? "";

/** The client that the users of a credential are told to use. */
export const currentClientId = (world: DrillWorld, credentialId: string): string => {
  const secrets = secretsOf(world);
  const arn = secretArnOf(world, credentialId);
  const { labels, versions } = secrets.store.find(arn);
  return parseSecretValue(versions.get(labels.get("AWSCURRENT") ?? "")?.value ?? "")?.clientId ?? "";
};

/** Ids of the credentials that are rotated. */
export const rotatedCredentials = ({ aws }: DrillWorld): string[] =>
  aws.registry
    .ofType("aws:secretsmanager/secretRotation:SecretRotation")
    .map(({ urn }) => urn.split("::").at(-1) ?? "");
