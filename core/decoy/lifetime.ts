import { tokenLifetimeSeconds } from "../lifetimes.ts";

/**
 * How long an access token of a decoy lives, in seconds. What an intruder gets must die soon, for the platform has
 * no call that revokes a client's tokens; hence the default is the platform's minimum.
 */
export const decoyLifetimeSeconds = {
  minimum: tokenLifetimeSeconds.minimum,
  maximum: 3_600,
  default: tokenLifetimeSeconds.minimum,
} as const;
