import type {
  EventSubscription,
  IpAllowlist,
  OauthClient,
  RotatedClient,
} from "@genesys-credential-guard/providers";
import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "./components/aws/foundation.ts";
import type { LeakAnswer } from "./components/aws/leak/leak-answer.ts";
import type { Rotation } from "./components/aws/rotation.ts";
import type { SecretScanning } from "./components/secret-scanning.ts";
import type { Teams } from "./components/teams.ts";
import type { Traps } from "./components/traps.ts";
import { rotationOf } from "./config/rotated-clients.ts";
import type { ClientConfig } from "./config/schema.ts";
import type { GuardConfig } from "./config.ts";

/**
 * The version of the stack's outputs: raised when an output is taken away or changes its meaning, so that
 * consumers can refuse what they do not know.
 */
const contractVersion = 2;

export interface Deployed {
  config: GuardConfig;
  teams: Teams;
  /** This and the next: undefined with `runtime: none`. */
  foundation: Foundation | undefined;
  rotation: Rotation | undefined;
  /** Undefined also where nobody answers leaks. */
  leaks: LeakAnswer | undefined;
  traps: Traps;
  events: EventSubscription | undefined;
  allowlist: IpAllowlist | undefined;
  scanning: SecretScanning | undefined;
}

const mapValues = <T, U>(
  map: ReadonlyMap<string, T>,
  transform: (value: T, key: string) => U,
): Record<string, U> => Object.fromEntries([...map].map(([key, value]) => [key, transform(value, key)]));

/** What is known of a client wherever its secret is. */
const declaredClient = (declared: ClientConfig, client: OauthClient | RotatedClient | undefined) => ({
  team: declared.team,
  name: declared.name,
  accessTokenValiditySeconds: declared.accessTokenValiditySeconds,
  allowedIps: declared.allowedIps,
  allowlistEnforcement: client?.allowlistEnforcement,
});

const clientOutput = (declared: ClientConfig, { config, teams, foundation }: Deployed) => {
  const rotated = teams.rotated.find((each) => each.config.id === declared.id)?.client;
  const client = teams.clients.get(declared.id);
  return {
    ...declaredClient(declared, rotated ?? client),
    ...(foundation && {
      secretArn: foundation.home.secretArn(declared.id),
      region: config.region,
      awsRegion: foundation.home.awsRegion,
    }),
    // A rotated client has a different id and secret after every rotation: they are in its secret.
    ...(rotated && { rotationIntervalHours: rotationOf(declared).intervalHours }),
    ...(client && { clientId: client.clientId, secretFingerprint: client.secretFingerprint }),
  };
};

/** Encrypted. The only way to a secret in a stack without a secret store. By secret name. */
const credentials = ({ config, teams }: Deployed) =>
  pulumi.secret(
    Object.fromEntries(
      config.clients.map((declared) => {
        const client = teams.clients.get(declared.id);
        return [
          declared.secretName ?? declared.id,
          { clientId: client?.clientId, clientSecret: client?.clientSecret },
        ];
      }),
    ),
  );

/** The stack's public contract; `docs/outputs.md` describes each. */
export const stackOutputs = (deployed: Deployed): Record<string, unknown> => {
  const { config, foundation, rotation, leaks, traps, events, allowlist, scanning } = deployed;
  return {
    contractVersion,
    region: config.region,
    /** Per client, by logical id. */
    clients: Object.fromEntries(
      config.clients.map((declared) => [declared.id, clientOutput(declared, deployed)]),
    ),
    decoyClientIds: mapValues(traps.decoys, (decoy) => decoy.clientId),
    trapUserIds: mapValues(traps.users, (user) => user.userId),
    trapQueueIds: mapValues(traps.queues, (queue) => queue.queueId),
    // An output without a value is left out: the engine warns of an undefined one.
    ...(events && { eventSourceName: events.eventSourceName }),
    ...(allowlist && { allowlistAddresses: allowlist.addresses }),
    /** What GitHub does with each pattern; `unpublished` needs a person. */
    secretPatternStates: mapValues(scanning?.patterns ?? new Map(), (pattern) => pattern.state),
    ...(rotation && { emergencyQueueUrl: rotation.emergencyQueueUrl }),
    ...(leaks && {
      webhookUrl: leaks.webhookUrl,
      leakQueueUrl: leaks.leakQueueUrl,
      leakSecrets: leaks.secretArns,
    }),
    ...(foundation ? { egressAddresses: foundation.addresses } : { credentials: credentials(deployed) }),
  };
};
