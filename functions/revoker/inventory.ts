import type { OAuthClient, RotationApi } from "../../apis/genesys/api.ts";
import { NotFoundError } from "../../apis/genesys/errors.ts";
import type { ClientAnswer } from "../../core/leak/evidence.ts";
import { isAlive, listClients } from "../rotator/marked-clients.ts";
import { messageOf } from "./errors.ts";

export type Client = OAuthClient & { id: string };

/** What the platform says of a client, and the client itself where it has one. */
export interface Described {
  answer: ClientAnswer;
  client?: Client;
}

const stateOf = ({ state }: Pick<OAuthClient, "state">): Extract<ClientAnswer, { kind: "found" }>["state"] =>
  state === "active" || state === "disabled" || state === "inactive" ? state : "unknown";

const found = (client: Client): Described => ({
  answer: { kind: "found", state: stateOf(client), grantType: client.authorizedGrantType ?? "" },
  client,
});

/** The organisation's clients, as far as they have been looked at. */
export interface Inventory {
  readonly listed: readonly Client[];
  /** Without a call; undefined for a client that the list does not show, which proves nothing. */
  known(clientId: string): Described | undefined;
  /** By its id, with one call where the list does not show it. */
  describe(clientId: string): Promise<Described>;
}

export const readInventory = async (api: RotationApi): Promise<Inventory> => {
  const listed = await listClients(api);
  const known = new Map(listed.map((client) => [client.id, found(client)]));
  return {
    listed,
    known: (clientId) => known.get(clientId),
    describe: async (clientId) => {
      const before = known.get(clientId);
      if (before !== undefined) return before;
      let described: Described;
      try {
        const client = await api.oauthClients.get(clientId);
        described = isAlive(client) ? found({ ...client, id: clientId }) : { answer: { kind: "absent" } };
      } catch (error) {
        // What was not answered is asked again by the next look.
        if (!(error instanceof NotFoundError))
          return { answer: { kind: "unread", reason: messageOf(error) } };
        described = { answer: { kind: "absent" } };
      }
      known.set(clientId, described);
      return described;
    },
  };
};
