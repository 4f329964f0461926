import type { OauthClient } from "@genesys-credential-guard/providers";
import { rolesOf } from "../config/rotated-clients.ts";
import type { GuardConfig } from "../config.ts";
import type { DeclaredCredential } from "../rotation-declarations.ts";
import type { OwnRoles } from "./role-references.ts";
import { type CredentialHome, Team } from "./team.ts";

export interface TeamsArgs {
  config: GuardConfig;
  roles: OwnRoles;
  /** Where credentials live in a stack that has a secret store. */
  home: CredentialHome | undefined;
}

/** Every team with its clients. */
export class Teams {
  /** The clients that are not rotated, by logical id. */
  readonly clients: ReadonlyMap<string, OauthClient>;
  /** The clients that are, with what was declared. */
  readonly rotated: readonly DeclaredCredential[];

  constructor({ config, roles, home }: TeamsArgs) {
    const { aws, protect, decoys } = config;
    const allowlistEnforcement = config.allowlist?.fromClients === true ? "organisation" : "declared";
    const declared =
      aws === undefined
        ? config.clients
        : config.clients.map((client) => ({
            ...client,
            roles: rolesOf(client, aws, config.clients, decoys),
          }));
    const teams = [...Map.groupBy(declared, (client) => client.team)].map(
      ([team, clients]) => new Team(team, { clients, roles, allowlistEnforcement, protect, home }),
    );
    this.clients = new Map(teams.flatMap((team) => [...team.clients]));
    const rotated = new Map(teams.flatMap((team) => [...team.rotatedClients]));
    this.rotated = declared.flatMap((each) => {
      const client = rotated.get(each.id);
      return client === undefined ? [] : [{ config: each, client }];
    });
  }
}
