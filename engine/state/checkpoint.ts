import { createManifest, type Deployment, type ResourceState } from "../model/deployment.ts";
import { GuardError } from "../model/errors.ts";
import type { PropertyMap, PropertyValue } from "../model/property.ts";
import type { Crypter } from "../secrets/passphrase.ts";
import { holdsSecret, type SecretCodec } from "./secrets.ts";

/** The release whose format is written; the CLI of this release, or a later one, can open the file. */
export const formatVersion = "v3.270.0";

/** The file of a stack. https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/core.go (`CheckpointV3`) */
export interface Checkpoint {
  version: 3;
  checkpoint: { stack: string; latest?: Deployment };
}

/** @throws GuardError `damaged-state`, `unsupported-state` */
export const parseCheckpoint = (path: string, text: string): Checkpoint => {
  const damaged = (problem: string, cause?: unknown) =>
    new GuardError(
      "damaged-state",
      `${path} ${problem}. Restore it from ${path}.bak or from your own backup.`,
      {
        cause,
      },
    );
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (cause) {
    throw damaged("is not JSON", cause);
  }
  if (!isRecord(file)) throw damaged("is not a checkpoint");
  const { version, features, checkpoint } = file;
  if (version !== 3) {
    const used = Array.isArray(features) ? ` with ${features.join(", ")}` : "";
    throw new GuardError(
      "unsupported-state",
      `${path} has format version ${JSON.stringify(version ?? null)}${used}, and guard reads version 3 only: use the ` +
        "Pulumi CLI for this stack.",
    );
  }
  if (!isRecord(checkpoint)) throw damaged("has no checkpoint");
  const { latest } = checkpoint;
  if (latest !== undefined && latest !== null) {
    if (!isRecord(latest) || !isRecord(latest.manifest)) throw damaged("has no manifest");
    for (const list of [latest.resources, latest.pending_operations]) {
      if (list !== undefined && list !== null && !Array.isArray(list))
        throw damaged("has no list of resources");
    }
  }
  return file as unknown as Checkpoint;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The state with its secrets in clear, in memory. Every field that is not a secret stays as it was.
 *
 * @param crypter none for a state that names no salt, and so can only hold what `--show-secrets` has exported
 */
export const decryptDeployment = (
  deployment: Deployment,
  codec: SecretCodec,
  crypter: Crypter | undefined,
): Deployment => mapProperties(deployment, (value) => codec.decrypt(value, crypter));

/** The state as it is written: secrets encrypted, stamped with the time and with the salt that decrypts it. */
export const encryptDeployment = (
  deployment: Deployment,
  codec: SecretCodec,
  crypter: Crypter | undefined,
  now: Date,
): Deployment => {
  const encrypted =
    crypter === undefined ? deployment : mapProperties(deployment, (value) => codec.encrypt(value, crypter));
  const { secrets_providers: former, ...rest } = encrypted;
  const provider = crypter === undefined ? former : { type: "passphrase", state: { salt: crypter.salt } };
  return {
    ...rest,
    manifest: { ...deployment.manifest, ...createManifest(formatVersion, now) },
    ...(provider !== undefined && { secrets_providers: provider }),
    metadata: deployment.metadata ?? {},
  };
};

/** Whether the state, in the form of memory or of the disk, has any secret. */
export const deploymentHoldsSecret = (deployment: Deployment): boolean => {
  const states = [
    ...(deployment.resources ?? []),
    ...(deployment.pending_operations ?? []).map(({ resource }) => resource),
  ];
  return states.some((state) =>
    [state.inputs, state.outputs, state.replacementTrigger].some(
      (value) => value !== undefined && holdsSecret(value),
    ),
  );
};

const mapProperties = (deployment: Deployment, map: (value: PropertyValue) => PropertyValue): Deployment => {
  const mapState = (state: ResourceState): ResourceState => ({
    ...state,
    ...(state.inputs !== undefined && { inputs: map(state.inputs) as PropertyMap }),
    ...(state.outputs !== undefined && { outputs: map(state.outputs) as PropertyMap }),
    ...(state.replacementTrigger !== undefined && { replacementTrigger: map(state.replacementTrigger) }),
  });
  const { resources, pending_operations: pending } = deployment;
  return {
    ...deployment,
    ...(resources && { resources: resources.map(mapState) }),
    ...(pending && {
      pending_operations: pending.map((operation) => ({
        ...operation,
        resource: mapState(operation.resource),
      })),
    }),
  };
};
