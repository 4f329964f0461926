import * as core from "../../core/rotation/capacity.ts";
import { drainSeconds } from "../../core/rotation/timing.ts";
import type { CapabilitiesConfig, RotationConfig } from "./aws-schema.ts";
import type { Problem } from "./problems.ts";
import { isRotated, rotationOf } from "./rotated-clients.ts";
import type { ClientConfig } from "./schema.ts";

interface Settings {
  capabilities: CapabilitiesConfig;
  rotation: RotationConfig;
}

const credentialOf = (client: ClientConfig, id: string) => {
  const { strategy, intervalHours, secretCacheSeconds } = rotationOf(client);
  return {
    id,
    strategy,
    intervalSeconds: intervalHours * 3600,
    secretCacheSeconds,
    tokenLifetimeSeconds: client.accessTokenValiditySeconds,
  };
};

/** The most clients that one credential has at a time: the current one, the next one, and those that drain. */
export const mostGenerations = (client: ClientConfig, { capabilities, rotation }: Settings): number => {
  const credential = credentialOf(client, client.id);
  if (credential.strategy !== "blueGreenClients") return 1;
  const drain = drainSeconds({
    ...credential,
    ...rotation,
    inactiveKeepsTokens: capabilities.inactiveKeepsTokens,
  });
  return core.generationsAlive(drain, credential.intervalSeconds);
};

/** Refuses what would sooner or later stop at the organisation's limit, in the middle of a rotation. */
export const capacityProblems = (
  clients: readonly (ClientConfig | undefined)[],
  decoyCount: number,
  { capabilities, rotation }: { [K in keyof Settings]: Settings[K] | undefined },
): Problem[] => {
  if (rotation?.clientQuota === undefined || capabilities === undefined) return [];
  const credentials = clients.flatMap((client, index) =>
    client !== undefined && isRotated(client)
      ? [credentialOf(client, `clients[${index}].rotation.intervalHours`)]
      : [],
  );
  const problems = core.capacityProblems({
    credentials,
    otherClients: clients.length - credentials.length + decoyCount,
    quota: rotation.clientQuota,
    reserve: rotation.quotaReserve,
    skewSeconds: rotation.skewSeconds,
    usageWindowSeconds: rotation.usageWindowSeconds,
    usageDelaySeconds: rotation.usageDelaySeconds,
    inactiveKeepsTokens: capabilities.inactiveKeepsTokens,
  });
  if (problems.length === 0) return [];
  return [{ path: "rotation.clientQuota", reason: `is too low. ${problems.join(" ").replace(/\.$/, "")}` }];
};
