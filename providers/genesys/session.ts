import { randomBytes } from "node:crypto";
import type { AuthzDivision, DomainOrganizationRole, GenesysApi } from "../../apis/genesys/api.ts";
import { findRegion, regionNames } from "../../core/regions.ts";
import { type AwsAccess, accessAws } from "../aws/access.ts";
import { createListing } from "../dynamic/listing.ts";
import { type ClientInventory, createClientInventory } from "./client/client-inventory.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { RegionUnknownError } from "./errors.ts";
import { createPatience, type Patience, type Sleep } from "./patience.ts";

/**
 * What the Genesys providers share during one run of the engine: the client of the platform, and what was read
 * from it once for all of them. One process of the engine's host is one session.
 */
export interface Session {
  readonly api: GenesysApi;
  readonly roles: Directory<DomainOrganizationRole>;
  readonly divisions: Directory<AuthzDivision> & {
    /** Id of the division that objects belong to when nothing else is said. */
    home(): Promise<string>;
  };
  readonly clients: ClientInventory;
  /** The marker tokens of the resources in the state that this run has met. */
  readonly claimed: Set<string>;
  readonly patience: Patience;
  /** Ids of the roles that this run gave to the client that it logs in with. */
  readonly taken: Set<string>;
  /** Milliseconds since 1970. */
  now(): number;
  /** A fresh marker token: 16 of `0-9a-f`. */
  newToken(): string;
  /** Where secrets and the ledger of rotations are. */
  readonly aws: AwsAccess;
  /**
   * AWS-style name of the organisation's region, which users of a credential need to know.
   *
   * @throws RegionUnknownError
   */
  region(): string;
  /** Tells the user something that is no failure. */
  warn(message: string): void;
}

export interface SessionOptions {
  /** Default: real time. */
  sleep?: Sleep;
  /** The clock, in milliseconds since 1970. Default: the machine's. */
  now?: () => number;
  /** Default: the account that the environment's AWS credentials belong to. */
  aws?: AwsAccess;
  /** Where the organisation's region is read from, when it is needed. Default `process.env`. */
  environment?: NodeJS.ProcessEnv;
  /** Default: the standard error, which the engine shows. */
  warn?: (message: string) => void;
}

/** A session; makes no call until one is needed. */
export const createSession = (
  api: GenesysApi,
  {
    sleep,
    now = Date.now,
    aws = accessAws(),
    environment = process.env,
    warn = console.warn,
  }: SessionOptions = {},
): Session => {
  const patience = createPatience(sleep);
  const home = createListing(async () => [await api.divisions.home()]);
  return {
    api,
    roles: createDirectory({
      kind: "role",
      listing: createListing(() => api.roles.list()),
      patience,
      get: (id) => api.roles.get(id),
    }),
    divisions: {
      ...createDirectory({
        kind: "division",
        listing: createListing(() => api.divisions.list()),
        patience,
      }),
      home: async () => {
        const id = (await home.get())[0]?.id;
        if (id === undefined) throw new Error("The organisation's home division has no id.");
        return id;
      },
    },
    clients: createClientInventory(api),
    claimed: new Set(),
    patience,
    taken: new Set(),
    now,
    aws,
    region: () => {
      const named = environment.GENESYSCLOUD_REGION ?? "";
      const region = findRegion(named);
      if (region === undefined) throw new RegionUnknownError(named, regionNames);
      return region;
    },
    newToken: () => randomBytes(8).toString("hex"),
    warn,
  };
};
