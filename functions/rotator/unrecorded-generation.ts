import { readMarker } from "../../core/marker.ts";
import type { KnownClient } from "../../core/rotation/credential-record.ts";
import { findClient } from "./deletion.ts";
import { isOf, madeAt } from "./marked-clients.ts";
import type { Held } from "./retirement.ts";

/** What the platform says of a client that the ledger has forgotten; undefined if it is none of this credential. */
export const unrecordedGeneration = async (
  { rotator, credential, api }: Pick<Held, "rotator" | "credential" | "api">,
  clientId: string,
): Promise<KnownClient | undefined> => {
  const client = await findClient(api, clientId);
  if (client === undefined || !isOf(client, credential.owner)) return undefined;
  return {
    clientId,
    token: readMarker(client.description)?.token ?? "",
    madeAt: madeAt(client, rotator.ports.clock.now()),
    tokenLifetimeSeconds: client.accessTokenValiditySeconds ?? credential.client.accessTokenValiditySeconds,
  };
};
