import type { OAuthClient, RotationApi } from "../../apis/genesys/api.ts";
import { AmbiguousOutcomeError } from "../../apis/genesys/errors.ts";
import { Secret } from "../../apis/http/secret.ts";

const attempts = 3;

/** The secret in an answer to a create or a reset. */
export const issuedSecret = ({ id, secret }: OAuthClient): Secret => {
  if (secret === undefined) throw new Error(`OAuth client ${id}: the platform issued no secret.`);
  return new Secret(secret);
};

/**
 * Resets a client's secret. A reset whose answer was lost is repeated: the secret that it set is lost with it, and
 * the last reset is the one that counts.
 */
export const resetSecret = async (api: RotationApi, clientId: string): Promise<Secret> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return issuedSecret(await api.oauthClients.resetSecret(clientId));
    } catch (error) {
      if (attempt === attempts || !(error instanceof AmbiguousOutcomeError)) throw error;
    }
  }
};
