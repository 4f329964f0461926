/**
 * What the shims load in the engine's host process: one provider for each type of resource. Nothing here makes a
 * call or reads the environment until a provider has to.
 */
import { createGenesysApi } from "../apis/genesys/create.ts";
import { createGithubApi } from "../apis/github/create.ts";
import { createDataActionCredentialProvider } from "./genesys/data-action-credential-provider.ts";
import { createDecoyClientProvider } from "./genesys/decoy-client-provider.ts";
import { createEventSubscriptionProvider } from "./genesys/event-subscription-provider.ts";
import { createIpAllowlistProvider } from "./genesys/ip-allowlist-provider.ts";
import { createOauthClientProvider } from "./genesys/oauth-client-provider.ts";
import { createRoleProvider } from "./genesys/role-provider.ts";
import { createSession } from "./genesys/session.ts";
import { createTrapQueueProvider } from "./genesys/trap-queue-provider.ts";
import { createTrapUserProvider } from "./genesys/trap-user-provider.ts";
import { createPushProtectionProvider } from "./github/push-protection-provider.ts";
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

export const oauthClient = createOauthClientProvider(genesys);
export const decoyClient = createDecoyClientProvider(genesys);
export const role = createRoleProvider(genesys);
export const trapUser = createTrapUserProvider(genesys);
export const trapQueue = createTrapQueueProvider(genesys);
export const eventSubscription = createEventSubscriptionProvider(genesys);
export const ipAllowlist = createIpAllowlistProvider(genesys);
export const dataActionCredential = createDataActionCredentialProvider(genesys);
export const secretPattern = createSecretPatternProvider(github);
export const pushProtection = createPushProtectionProvider(github);
