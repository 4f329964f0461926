import { tokenLifetimeSeconds } from "../lifetimes.ts";
import type { AlertCase } from "./alert-case.ts";

/**
 * Until when tokens may work that somebody got with the leaked secret, in milliseconds since 1970. `disabled` ends
 * them; a new secret ends none, and no call of the platform ends a client's tokens. Nothing says how long the
 * tokens of a client live that is not ours: as long as any may.
 *
 * https://github.com/MyPureCloud/platform-client-sdk-python/blob/main/build/PureCloudPlatformClientV2/models/o_auth_client.py
 * (`state`)
 */
export const liveTokensUntil = (
  { at, containment }: { at: number; containment: NonNullable<AlertCase["containment"]> },
  lifetimeSeconds: number = tokenLifetimeSeconds.maximum,
): number => (containment === "disabled" ? at : at + lifetimeSeconds * 1000);
