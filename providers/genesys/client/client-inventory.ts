import type { GenesysApi, OAuthClient } from "../../../apis/genesys/api.ts";
import { createListing } from "../../dynamic/listing.ts";
import type { Claim } from "../ownership.ts";

/** The OAuth clients of the organisation, as far as one run of the engine has to know them. */
export interface ClientInventory {
  /** The clients as they were when the run first asked; one call, whoever asks. */
  all(): Promise<readonly OAuthClient[]>;
  /** The clients now. Calls at the same time share an answer. */
  now(): Promise<readonly OAuthClient[]>;
  /**
   * The client in the run's listing; undefined if it is not there, which proves nothing, or if this run has
   * changed it since: ask for it by id.
   */
  listed(clientId: string): Promise<OAuthClient | undefined>;
  /** For whoever changes a client; `holder` is the resource whose marker it now carries. */
  changed(clientId: string, holder?: Claim): void;
  /** The resource for which this run made or changed the client, whatever the platform shows of it yet. */
  holder(clientId: string): Claim | undefined;
}

export const createClientInventory = (api: GenesysApi): ClientInventory => {
  const first = createListing(() => api.oauthClients.list());
  const latest = createListing(() => api.oauthClients.list());
  const changed = new Map<string, Claim | undefined>();
  let byId: Promise<Map<string | undefined, OAuthClient>> | undefined;
  const index = async () => new Map((await first.get()).map((client) => [client.id, client]));
  return {
    all: first.get,
    now: async () => {
      try {
        return await latest.get();
      } finally {
        latest.drop();
      }
    },
    listed: async (clientId) => {
      if (changed.has(clientId)) return undefined;
      byId ??= index();
      try {
        return (await byId).get(clientId);
      } catch (error) {
        byId = undefined;
        throw error;
      }
    },
    changed: (clientId, holder) => {
      changed.set(clientId, holder ?? changed.get(clientId));
    },
    holder: (clientId) => changed.get(clientId),
  };
};
