import { type AllowlistEnforcement, OauthClient, RotatedClient } from "@genesys-credential-guard/providers";
import * as pulumi from "@pulumi/pulumi";
import { isRotated, rotationOf } from "../config/rotated-clients.ts";
import type { ClientConfig } from "../config/schema.ts";
import { type OwnRoles, referToRoles } from "./role-references.ts";

/** Where credentials live in a stack that has a secret store. */
export interface CredentialHome {
  /** The secret of a client, by its name in the stack. */
  secretArn(id: string): pulumi.Output<string>;
  ledgerTable: pulumi.Output<string>;
  awsRegion: string;
}

export interface TeamArgs {
  clients: readonly ClientConfig[];
  allowlistEnforcement: AllowlistEnforcement;
  roles: OwnRoles;
  /** Whether the clients are protected against deletion. */
  protect: boolean;
  /** Without one, secrets stay in the state, encrypted, and nothing is rotated. */
  home?: CredentialHome | undefined;
}

/** The OAuth clients of one team. */
export class Team extends pulumi.ComponentResource {
  /** Each by logical id. */
  readonly clients: ReadonlyMap<string, OauthClient>;
  readonly rotatedClients: ReadonlyMap<string, RotatedClient>;

  constructor(name: string, args: TeamArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:Team", name, {}, opts);
    const { home } = args;
    const [rotated, others] =
      home === undefined
        ? [[], args.clients]
        : [args.clients.filter(isRotated), args.clients.filter((client) => !isRotated(client))];
    this.clients = new Map(others.map((client) => [client.id, this.#client(client, args)]));
    this.rotatedClients = new Map(
      home === undefined ? [] : rotated.map((client) => [client.id, this.#rotated(client, args, home)]),
    );
    this.registerOutputs({});
  }

  #client(client: ClientConfig, args: TeamArgs): OauthClient {
    const { home } = args;
    return new OauthClient(
      client.id,
      {
        ...properties(client, args),
        authorizedGrantType: client.grantType,
        scope: client.scope,
        registeredRedirectUri: client.redirectUris,
        state: client.state,
        dateToDelete: client.dateToDelete,
        secretGeneration: client.secretGeneration,
        adoptId: client.adoptId,
        ...(home && {
          secretSink: pulumi.output({
            kind: "secretsManager" as const,
            secretArn: home.secretArn(client.id),
            awsRegion: home.awsRegion,
          }),
        }),
      },
      { parent: this, protect: args.protect },
    );
  }

  #rotated(client: ClientConfig, args: TeamArgs, home: CredentialHome): RotatedClient {
    const { intervalHours, strategy } = rotationOf(client);
    return new RotatedClient(
      client.id,
      {
        ...properties(client, args),
        rotationIntervalHours: intervalHours,
        strategy,
        secretArn: home.secretArn(client.id),
        ledgerTable: home.ledgerTable,
        awsRegion: home.awsRegion,
      },
      { parent: this, protect: args.protect },
    );
  }
}

/** What every client has, whatever becomes of its secret. */
const properties = (client: ClientConfig, args: TeamArgs) => ({
  name: client.name,
  description: client.description ?? `Owned by team ${client.team}.`,
  accessTokenValiditySeconds: client.accessTokenValiditySeconds,
  roles: referToRoles(client.roles, args.roles),
  allowedIps: client.allowedIps,
  allowlistEnforcement: args.allowlistEnforcement,
});
