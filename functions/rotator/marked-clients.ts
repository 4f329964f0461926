import type { OAuthClient, RotationApi } from "../../apis/genesys/api.ts";
import { readMarker } from "../../core/marker.ts";
import type { Marked } from "../../core/rotation/creation.ts";

export const isOf = (client: Pick<OAuthClient, "description">, owner: string, token?: string): boolean => {
  const found = readMarker(client.description);
  return found?.prefix === owner && (token === undefined || found.token === token);
};

export const madeAt = ({ dateCreated }: Pick<OAuthClient, "dateCreated">, otherwise: number): number => {
  const time = Date.parse(dateCreated ?? "");
  return Number.isNaN(time) ? otherwise : time;
};

/** A client that is still there. */
export const isAlive = ({ state }: Pick<OAuthClient, "state">): boolean => state !== "deleted";

/** Every client that the list shows. What it does not show may exist all the same. */
export const listClients = async (api: RotationApi): Promise<(OAuthClient & { id: string })[]> =>
  (await api.oauthClients.list()).flatMap((client) =>
    client.id !== undefined && isAlive(client) ? [{ ...client, id: client.id }] : [],
  );

/** The clients among them that carry this marker. */
export const markedWith = (
  clients: readonly (OAuthClient & { id: string })[],
  owner: string,
  token: string,
): Marked[] =>
  clients
    .filter((client) => isOf(client, owner, token))
    .map((client) => ({ clientId: client.id, madeAt: madeAt(client, 0) }));
