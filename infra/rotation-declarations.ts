import type { RotatedClient } from "@genesys-credential-guard/providers";
import * as pulumi from "@pulumi/pulumi";
import type { RotatedCredential, RotationDeclarations } from "../core/rotation/credential.ts";
import type { AwsConfig } from "./config/aws-config.ts";
import { rotationOf } from "./config/rotated-clients.ts";
import type { ClientConfig } from "./config/schema.ts";

/** A client of the configuration and the resource that it has become. */
export interface DeclaredCredential {
  config: ClientConfig;
  client: RotatedClient;
}

/** `guard:ORG/PROJECT/STACK/`: see `core/marker.ts`. */
const stackPrefix = (): string =>
  `guard:${[pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].map(encodeURIComponent).join("/")}/`;

const credential = (
  { config, client }: DeclaredCredential,
  { masterClient, deployClient }: AwsConfig["functions"],
): pulumi.Output<RotatedCredential> => {
  const { intervalHours, strategy, secretCacheSeconds } = rotationOf(config);
  return pulumi.all([client.owner, client.secretArn, client.roleDivisions, client.description]).apply(
    ([owner, secretArn, roleDivisions, description]): RotatedCredential => ({
      id: config.id,
      owner,
      secretArn,
      strategy,
      actor: config.id === masterClient || config.id === deployClient ? "self" : "master",
      client: {
        name: config.name,
        ...(description !== undefined && { description }),
        accessTokenValiditySeconds: config.accessTokenValiditySeconds,
        roleDivisions,
      },
      intervalSeconds: intervalHours * 3600,
      secretCacheSeconds,
    }),
  );
};

/** What the functions know of the stack, as the text of `declarations.json`. Nothing in it is secret. */
export const rotationDeclarations = (
  region: string,
  { functions, capabilities, rotation: { clientQuota: _, ...rotation } }: AwsConfig,
  credentials: readonly DeclaredCredential[],
): pulumi.Output<string> =>
  pulumi.all(credentials.map((each) => credential(each, functions))).apply((resolved) =>
    JSON.stringify({
      stackPrefix: stackPrefix(),
      region,
      masterId: functions.masterClient,
      settings: { capabilities, ...rotation },
      credentials: resolved,
    } satisfies RotationDeclarations),
  );
