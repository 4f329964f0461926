import { type AllowlistEnforcement, OauthClient } from "@genesys-credential-guard/providers";
import * as pulumi from "@pulumi/pulumi";
import type { ClientConfig } from "../config/schema.ts";
import { type OwnRoles, referToRoles } from "./role-references.ts";

export interface TeamArgs {
  clients: readonly ClientConfig[];
  allowlistEnforcement: AllowlistEnforcement;
  roles: OwnRoles;
  /** Whether the clients are protected against deletion. */
  protect: boolean;
}

/** The OAuth clients of one team. */
export class Team extends pulumi.ComponentResource {
  /** By logical id. */
  readonly clients: ReadonlyMap<string, OauthClient>;

  constructor(name: string, args: TeamArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:Team", name, {}, opts);
    this.clients = new Map(args.clients.map((client) => [client.id, this.#client(client, args)]));
    this.registerOutputs({});
  }

  #client(client: ClientConfig, args: TeamArgs): OauthClient {
    return new OauthClient(
      client.id,
      {
        name: client.name,
        description: client.description ?? `Owned by team ${client.team}.`,
        authorizedGrantType: client.grantType,
        accessTokenValiditySeconds: client.accessTokenValiditySeconds,
        roles: referToRoles(client.roles, args.roles),
        scope: client.scope,
        registeredRedirectUri: client.redirectUris,
        state: client.state,
        dateToDelete: client.dateToDelete,
        allowedIps: client.allowedIps,
        allowlistEnforcement: args.allowlistEnforcement,
        secretGeneration: client.secretGeneration,
        adoptId: client.adoptId,
      },
      { parent: this, protect: args.protect },
    );
  }
}
