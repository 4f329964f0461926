import type { AwsConfig } from "./aws-config.ts";
import { type ClientRotationConfig, defaultClientRotation } from "./aws-schema.ts";
import type { ClientConfig, DecoyConfig } from "./schema.ts";

/**
 * Whether a stack with `runtime: aws` rotates the client. Only a client with client credentials can be replaced by
 * another unseen, and one that was taken over is somebody else's to replace.
 */
export const isRotated = (client: ClientConfig): boolean =>
  client.grantType === "CLIENT-CREDENTIALS" && client.adoptId === undefined;

export const rotationOf = (client: ClientConfig): ClientRotationConfig =>
  client.rotation ?? defaultClientRotation;

type RoleReference = ClientConfig["roles"][number];

const distinct = (roles: readonly RoleReference[]): RoleReference[] => [
  ...new Map(roles.map((each) => [JSON.stringify([each.role, each.division]), each])).values(),
];

/**
 * The roles that a client is made with. A client can only be made, or given a new secret, by one that holds every role
 * that it has: so the master has those of the clients that it replaces, with an answer to leaks also of those that it
 * only stops, and the deploy client has those of all clients and decoys.
 */
export const rolesOf = (
  client: ClientConfig,
  { functions, leak }: Pick<AwsConfig, "functions" | "leak">,
  clients: readonly ClientConfig[],
  decoys: readonly DecoyConfig[],
): RoleReference[] => {
  const { masterClient, deployClient } = functions;
  const isChangedByMaster = (each: ClientConfig) =>
    isRotated(each) || (leak !== undefined && each.grantType === "CLIENT-CREDENTIALS");
  const changedByMaster = clients.filter(
    (each) => isChangedByMaster(each) && each.id !== masterClient && each.id !== deployClient,
  );
  const grants =
    client.id === masterClient
      ? changedByMaster
      : client.id === deployClient
        ? [...clients.filter(({ id }) => id !== deployClient), ...decoys]
        : [];
  return distinct([...client.roles, ...grants.flatMap(({ roles }) => roles)]);
};
