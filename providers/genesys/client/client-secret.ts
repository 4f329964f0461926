import type { GenesysApi } from "../../../apis/genesys/api.ts";
import { AmbiguousOutcomeError } from "../../../apis/genesys/errors.ts";

const attempts = 3;

/**
 * Resets a client's secret. A reset whose answer was lost is repeated: the secret that it set is lost with it, and
 * the last reset is the one that counts.
 */
export const resetSecret = async (api: GenesysApi, clientId: string): Promise<string> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { secret } = await api.oauthClients.resetSecret(clientId);
      if (secret === undefined) throw new Error(`OAuth client ${clientId}: the platform issued no secret.`);
      return secret;
    } catch (error) {
      if (attempt === attempts || !(error instanceof AmbiguousOutcomeError)) throw error;
    }
  }
};
