import { randomBytes } from "node:crypto";
import type { GenesysApi, OAuthClient } from "../../apis/genesys/api.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { createListing, type Listing } from "./listing.ts";
import { createPatience, type Patience, type Sleep } from "./patience.ts";

/**
 * What the Genesys providers share during one run of the engine: the client of the platform, and what was read
 * from it once for all of them. One process of the engine's host is one session.
 */
export interface Session {
  readonly api: GenesysApi;
  readonly roles: Directory & {
    /** For whoever makes, renames or deletes a role. */
    changed(): void;
  };
  readonly divisions: Directory & {
    /** Id of the division that objects belong to when nothing else is said. */
    home(): Promise<string>;
  };
  /** The OAuth clients of the organisation, listed once for all concurrent readers. */
  readonly clients: Listing<OAuthClient>;
  readonly patience: Patience;
  /** A fresh marker token: 16 of `0-9a-f`. */
  newToken(): string;
}

export interface SessionOptions {
  /** Default: real time. */
  sleep?: Sleep;
}

/** A session; makes no call until one is needed. */
export const createSession = (api: GenesysApi, { sleep }: SessionOptions = {}): Session => {
  const patience = createPatience(sleep);
  const roles = createListing(() => api.roles.list());
  const home = createListing(async () => [await api.divisions.home()]);
  return {
    api,
    roles: { ...createDirectory("role", roles, patience), changed: roles.drop },
    divisions: {
      ...createDirectory(
        "division",
        createListing(() => api.divisions.list()),
        patience,
      ),
      home: async () => {
        const id = (await home.get())[0]?.id;
        if (id === undefined) throw new Error("The organisation's home division has no id.");
        return id;
      },
    },
    clients: createListing(() => api.oauthClients.list()),
    patience,
    newToken: () => randomBytes(8).toString("hex"),
  };
};
