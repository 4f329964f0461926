import { DataActionCredential, type OauthClient } from "@genesys-credential-guard/providers";
import * as pulumi from "@pulumi/pulumi";
import type { DataActionCredentialConfig } from "../config/schema.ts";

export interface DataActionsArgs {
  credentials: readonly DataActionCredentialConfig[];
  /** The stack's clients, by logical id. */
  clients: ReadonlyMap<string, OauthClient>;
}

/** The credentials with which Genesys Cloud data actions call us. */
export class DataActions extends pulumi.ComponentResource {
  constructor(name: string, args: DataActionsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:DataActions", name, {}, opts);
    for (const { id, name: displayName, awsRoleArn, client, adoptId } of args.credentials) {
      const authentication =
        awsRoleArn === undefined
          ? ofClient(args.clients.get(client ?? ""))
          : { kind: "awsRole" as const, roleArn: awsRoleArn };
      new DataActionCredential(id, { name: displayName, authentication, adoptId }, { parent: this });
    }
    this.registerOutputs({});
  }
}

const ofClient = (client: OauthClient | undefined) =>
  pulumi.all([client?.clientId, client?.clientSecret]).apply(([clientId = "", clientSecret = ""]) => ({
    kind: "genesysOauthClient" as const,
    clientId,
    clientSecret,
  }));
