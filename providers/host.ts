/**
 * What the shims load in the engine's host process: one provider for each type of resource. Nothing here makes a
 * call or reads the environment until a provider has to.
 */
import { createGenesysApi } from "../apis/genesys/create.ts";
import { createGithubApi } from "../apis/github/create.ts";
import { hostEdge } from "./dynamic/host-edge.ts";
import { createIpAllowlistProvider } from "./genesys/allowlist/ip-allowlist-provider.ts";
import { createDecoyClientProvider } from "./genesys/client/decoy-client-provider.ts";
import { createOauthClientProvider } from "./genesys/client/oauth-client-provider.ts";
import { createRotatedClientProvider } from "./genesys/client/rotated-client-provider.ts";
import { createDataActionCredentialProvider } from "./genesys/data-action/data-action-credential-provider.ts";
import { createEventSubscriptionProvider } from "./genesys/events/event-subscription-provider.ts";
import { createRoleProvider } from "./genesys/role/role-provider.ts";
import { createSession } from "./genesys/session.ts";
import { createTrapQueueProvider } from "./genesys/trap/trap-queue-provider.ts";
import { createTrapUserProvider } from "./genesys/trap/trap-user-provider.ts";
import { createPushProtectionProvider } from "./github/push-protection-provider.ts";
import { createRepositoryScanningProvider } from "./github/repository-scanning-provider.ts";
import { createSecretPatternProvider } from "./github/secret-pattern-provider.ts";
import { createGithubSession } from "./github/session.ts";

/** Makes the value when it is first asked for. */
const lazily = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const genesys = lazily(() => createSession(createGenesysApi()));
const github = lazily(() => createGithubSession(createGithubApi()));

export const oauthClient = hostEdge(createOauthClientProvider(genesys));
export const rotatedClient = hostEdge(createRotatedClientProvider(genesys));
export const decoyClient = hostEdge(createDecoyClientProvider(genesys));
export const role = hostEdge(createRoleProvider(genesys));
export const trapUser = hostEdge(createTrapUserProvider(genesys));
export const trapQueue = hostEdge(createTrapQueueProvider(genesys));
export const eventSubscription = hostEdge(createEventSubscriptionProvider(genesys));
export const ipAllowlist = hostEdge(createIpAllowlistProvider(genesys));
export const dataActionCredential = hostEdge(createDataActionCredentialProvider(genesys));
export const secretPattern = hostEdge(createSecretPatternProvider(github));
export const pushProtection = hostEdge(createPushProtectionProvider(github));
export const repositoryScanning = hostEdge(createRepositoryScanningProvider(github));
