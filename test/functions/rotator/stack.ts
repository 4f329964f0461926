import { markerPrefix, withMarker } from "../../../core/marker.ts";
import type { RotatedCredential } from "../../../core/rotation/credential.ts";
import { firstVersionId, formatSecretValue } from "../../../core/rotation/secret-value.ts";
import type { MemoryAws } from "../../../sandbox/aws/memory.ts";
import type { GenesysWorld } from "../../../sandbox/genesys/index.ts";

/** What a stack is deployed to. */
interface Ground {
  aws: MemoryAws;
  organisation: GenesysWorld;
}

/** A credential as the stack declares it, with its empty secret. */
export const declare = (
  { aws, organisation: world }: Ground,
  id: string,
  more: Partial<RotatedCredential>,
): RotatedCredential => {
  const own = more.actor === "self" || id === "master" ? "Guard Master" : "CRM";
  const roles = id === "master" ? ["Guard Master", "CRM"] : [own];
  return {
    id,
    owner: markerPrefix({ organization: "acme", project: "guard", stack: "prod", logicalName: id }),
    secretArn: aws.createRotatedSecret(`rotated/${id}`),
    strategy: "blueGreenClients",
    actor: id === "master" ? "self" : "master",
    client: {
      name: `Client of ${id}`,
      description: `For ${id}.`,
      accessTokenValiditySeconds: 3600,
      roleDivisions: roles.map((role) => ({ roleId: world.roleNamed(role)?.id ?? "", divisionId: "*" })),
    },
    intervalSeconds: 7 * 86_400,
    secretCacheSeconds: 900,
    ...more,
  };
};

/** The first generation, as the provider makes it, and rotation switched on, as the program does. */
export const bear = (
  { aws, organisation: world }: Ground,
  { id, owner, secretArn, client }: RotatedCredential,
): void => {
  const token = "f1257";
  const { id: clientId, secret: clientSecret } = world.addClient({
    name: client.name,
    description: withMarker(client.description, owner, token),
    accessTokenValiditySeconds: client.accessTokenValiditySeconds,
    grants: client.roleDivisions.map(({ roleId, divisionId }) => world.grant(roleId, divisionId)),
  });
  aws.secretsManager.putSecretValue({
    SecretId: secretArn,
    ClientRequestToken: firstVersionId(owner, token),
    SecretString: formatSecretValue({ clientId, clientSecret, region: "us-east-1" }),
    VersionStages: ["AWSCURRENT"],
  });
  aws.secretsManager.rotateSecret({
    SecretId: secretArn,
    ClientRequestToken: `configuration-of-rotation-${id.padEnd(16, "-")}`,
    RotationLambdaARN: aws.functionArns.rotate,
    RotateImmediately: false,
  });
};
