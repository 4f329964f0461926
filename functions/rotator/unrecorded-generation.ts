import { readMarker } from "../../core/marker.ts";
import type { KnownClient } from "../../core/rotation/credential-record.ts";
import { findClient, isScheduled } from "./deletion.ts";
import { isOf, madeAt } from "./marked-clients.ts";
import type { Held } from "./retirement.ts";

/**
 * What the platform says of a client that the ledger does not know; undefined if it shows none, if it is none of this
 * credential, or is about to be deleted by the platform itself.
 */
export const unrecordedGeneration = async (
  { rotator, credential, api }: Pick<Held, "rotator" | "credential" | "api">,
  clientId: string,
): Promise<KnownClient | undefined> => {
  const client = await findClient(api, clientId);
  if (client === undefined || isScheduled(client) || !isOf(client, credential.owner)) return undefined;
  return {
    clientId,
    token: readMarker(client.description)?.token ?? "",
    madeAt: madeAt(client, rotator.ports.clock.now()),
    tokenLifetimeSeconds: client.accessTokenValiditySeconds ?? credential.client.accessTokenValiditySeconds,
  };
};
