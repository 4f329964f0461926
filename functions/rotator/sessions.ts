import type { RotationApi } from "../../apis/genesys/api.ts";
import type { Secret } from "../../apis/http/secret.ts";
import type { ClientCredential, Platform } from "../ports.ts";

/** More clients than one function works with at a time. */
const kept = 16;

/** One session of the platform for each client and its secret, so that a warm function logs in once. */
export const createSessions = (platform: Platform): ((credential: ClientCredential) => RotationApi) => {
  const sessions = new Map<string, { secret: Secret; api: RotationApi }>();
  return (credential) => {
    const { clientId, clientSecret: secret } = credential;
    const known = sessions.get(clientId);
    if (known?.secret.reveal() === secret.reveal()) return known.api;
    sessions.delete(clientId);
    const oldest = sessions.keys().next();
    if (sessions.size >= kept && !oldest.done) sessions.delete(oldest.value);
    const api = platform.as(credential);
    sessions.set(clientId, { secret, api });
    return api;
  };
};
