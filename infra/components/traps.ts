import { DecoyClient, TrapQueue, TrapUser } from "@genesys-credential-guard/providers";
import * as pulumi from "@pulumi/pulumi";
import type { DecoyConfig, TrapQueueConfig, TrapUserConfig } from "../config/schema.ts";
import { type OwnRoles, referToRoles } from "./role-references.ts";

export interface TrapsArgs {
  decoys: readonly DecoyConfig[];
  users: readonly TrapUserConfig[];
  queues: readonly TrapQueueConfig[];
  roles: OwnRoles;
  /** Whether decoys and traps are protected against deletion. */
  protect: boolean;
}

/** Everything in the organisation that nobody has a reason to touch. */
export class Traps extends pulumi.ComponentResource {
  /** Each by logical id. */
  readonly decoys: ReadonlyMap<string, DecoyClient>;
  readonly users: ReadonlyMap<string, TrapUser>;
  readonly queues: ReadonlyMap<string, TrapQueue>;

  constructor(name: string, args: TrapsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:Traps", name, {}, opts);
    const options = { parent: this, protect: args.protect };
    this.decoys = new Map(args.decoys.map((decoy) => [decoy.id, createDecoy(decoy, args.roles, options)]));
    this.users = new Map(args.users.map(({ id, ...user }) => [id, new TrapUser(id, user, options)]));
    this.queues = new Map(args.queues.map(({ id, ...queue }) => [id, new TrapQueue(id, queue, options)]));
    this.registerOutputs({});
  }
}

const createDecoy = (
  decoy: DecoyConfig,
  roles: OwnRoles,
  options: pulumi.CustomResourceOptions,
): DecoyClient =>
  new DecoyClient(
    decoy.id,
    {
      name: decoy.name,
      description: decoy.description,
      authorizedGrantType: decoy.grantType,
      accessTokenValiditySeconds: decoy.accessTokenValiditySeconds,
      roles: referToRoles(decoy.roles, roles),
      scope: decoy.scope,
      registeredRedirectUri: decoy.redirectUris,
      secretGeneration: decoy.secretGeneration,
      adoptId: decoy.adoptId,
    },
    options,
  );
