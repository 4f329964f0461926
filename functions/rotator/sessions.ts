import type { RotationApi } from "../../apis/genesys/api.ts";
import { fingerprint } from "../../core/fingerprint.ts";
import type { ClientCredential, Platform } from "../ports.ts";

/** More clients than one function works with at a time. */
const kept = 16;

/** One session of the platform for each client and secret, so that a warm function logs in once. */
export const createSessions = (platform: Platform): ((credential: ClientCredential) => RotationApi) => {
  const sessions = new Map<string, RotationApi>();
  return (credential) => {
    const key = `${credential.clientId} ${fingerprint(credential.clientSecret.reveal())}`;
    const known = sessions.get(key);
    if (known !== undefined) return known;
    const oldest = sessions.keys().next();
    if (sessions.size >= kept && !oldest.done) sessions.delete(oldest.value);
    const session = platform.as(credential);
    sessions.set(key, session);
    return session;
  };
};
