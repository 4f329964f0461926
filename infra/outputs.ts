import type { EventSubscription, IpAllowlist, OauthClient } from "@genesys-credential-guard/providers";
import * as pulumi from "@pulumi/pulumi";
import type { SecretScanning } from "./components/secret-scanning.ts";
import type { Traps } from "./components/traps.ts";
import type { GuardConfig } from "./config.ts";

/**
 * The version of the stack's outputs: raised when an output is taken away or changes its meaning, so that
 * consumers can refuse what they do not know.
 */
const contractVersion = 1;

export interface Deployed {
  config: GuardConfig;
  clients: ReadonlyMap<string, OauthClient>;
  traps: Traps;
  events: EventSubscription | undefined;
  allowlist: IpAllowlist | undefined;
  scanning: SecretScanning | undefined;
}

const mapValues = <T, U>(
  map: ReadonlyMap<string, T>,
  transform: (value: T, key: string) => U,
): Record<string, U> => Object.fromEntries([...map].map(([key, value]) => [key, transform(value, key)]));

/** The stack's public contract; `docs/outputs.md` describes each. */
export const stackOutputs = ({ config, clients, traps, events, allowlist, scanning }: Deployed) => ({
  contractVersion,
  region: config.region,
  /** Per client, by logical id. */
  clients: Object.fromEntries(
    config.clients.map((declared) => {
      const client = clients.get(declared.id);
      return [
        declared.id,
        {
          team: declared.team,
          name: declared.name,
          clientId: client?.clientId,
          accessTokenValiditySeconds: declared.accessTokenValiditySeconds,
          allowedIps: declared.allowedIps,
          allowlistEnforcement: client?.allowlistEnforcement,
          secretFingerprint: client?.secretFingerprint,
        },
      ];
    }),
  ),
  decoyClientIds: mapValues(traps.decoys, (decoy) => decoy.clientId),
  trapUserIds: mapValues(traps.users, (user) => user.userId),
  trapQueueIds: mapValues(traps.queues, (queue) => queue.queueId),
  // An output without a value is left out: the engine warns of an undefined one.
  ...(events && { eventSourceName: events.eventSourceName }),
  ...(allowlist && { allowlistAddresses: allowlist.addresses }),
  /** What GitHub does with each pattern; `unpublished` needs a person. */
  secretPatternStates: mapValues(scanning?.patterns ?? new Map(), (pattern) => pattern.state),
  /** Encrypted. The only way to a secret in a stack without a secret store. By secret name. */
  credentials: pulumi.secret(
    Object.fromEntries(
      config.clients.map((declared) => {
        const client = clients.get(declared.id);
        return [
          declared.secretName ?? declared.id,
          { clientId: client?.clientId, clientSecret: client?.clientSecret },
        ];
      }),
    ),
  ),
});
