import type { RotatedCredential, RotationSettings } from "./credential.ts";

/** What the phases of a superseded generation are computed from. */
export interface DrainInputs {
  /** How long a user goes on using what it read from the secret store. */
  secretCacheSeconds: number;
  tokenLifetimeSeconds: number;
  skewSeconds: number;
  usageWindowSeconds: number;
  /** How late a call may be counted. */
  usageDelaySeconds: number;
  /** Capability: tokens that were issued before a client became inactive live on. */
  inactiveKeepsTokens: boolean;
}

/** How long a superseded generation spends in each phase. */
export interface DrainPhases {
  /** Active, counted from the moment at which its successor became current. */
  activeSeconds: number;
  /** Until two looks at its use agree, where the last calls are counted as late as can be. */
  observedSeconds: number;
  /** Inactive, before it is deleted. */
  inactiveSeconds: number;
}

/**
 * A user may read the old secret just before the new one becomes current, keep it for the whole cache time, and get
 * its last token at the end of that. Where `inactive` ends tokens, the old client must stay active until that token
 * has ended; where it keeps them, the tokens' life falls into the inactive phase.
 */
export const drainPhases = (inputs: DrainInputs): DrainPhases => {
  const { secretCacheSeconds, tokenLifetimeSeconds, skewSeconds } = inputs;
  const [whileActive, whileInactive] = inputs.inactiveKeepsTokens
    ? [0, tokenLifetimeSeconds]
    : [tokenLifetimeSeconds, 0];
  return {
    activeSeconds: secretCacheSeconds + whileActive + skewSeconds,
    observedSeconds: inputs.usageDelaySeconds + inputs.usageWindowSeconds,
    inactiveSeconds: whileInactive + skewSeconds,
  };
};

/** From being superseded to being deleted, where nobody uses the old generation any more. */
export const drainSeconds = (inputs: DrainInputs): number => {
  const { activeSeconds, observedSeconds, inactiveSeconds } = drainPhases(inputs);
  return activeSeconds + observedSeconds + inactiveSeconds;
};

/** The drain of a credential as it is declared; `tokenLifetimeSeconds` where a token may live longer than that. */
export const drainInputs = (
  credential: Pick<RotatedCredential, "secretCacheSeconds" | "client">,
  settings: RotationSettings,
  tokenLifetimeSeconds = 0,
): DrainInputs => ({
  secretCacheSeconds: credential.secretCacheSeconds,
  tokenLifetimeSeconds: Math.max(credential.client.accessTokenValiditySeconds, tokenLifetimeSeconds),
  skewSeconds: settings.skewSeconds,
  usageWindowSeconds: settings.usageWindowSeconds,
  usageDelaySeconds: settings.usageDelaySeconds,
  inactiveKeepsTokens: settings.capabilities.inactiveKeepsTokens,
});
