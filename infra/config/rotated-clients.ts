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
 * The roles that a client is made with. A client can only be made by one that holds every role that it gets: so the
 * master has those of the clients that it replaces, and the deploy client those of all clients and decoys.
 */
export const rolesOf = (
  client: ClientConfig,
  functions: { masterClient: string; deployClient?: string | undefined },
  clients: readonly ClientConfig[],
  decoys: readonly DecoyConfig[],
): RoleReference[] => {
  const { masterClient, deployClient } = functions;
  const madeByMaster = clients.filter(
    (each) => isRotated(each) && each.id !== masterClient && each.id !== deployClient,
  );
  const grants =
    client.id === masterClient
      ? madeByMaster
      : client.id === deployClient
        ? [...clients.filter(({ id }) => id !== deployClient), ...decoys]
        : [];
  return distinct([...client.roles, ...grants.flatMap(({ roles }) => roles)]);
};
