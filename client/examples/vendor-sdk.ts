/**
 * The vendor's SDK with tokens of a rotated credential, instead of its own `loginClientCredentialsGrant`, which knows
 * one client and one secret for ever.
 *
 * ```ts
 * const source = secretsManagerSource({ secretId: process.env.GENESYS_SECRET_ARN ?? "" });
 * const tokens = accessTokens({ provider: credentialProvider({ source }) });
 * const call = rotatedCalls(tokens, platformClient.ApiClient.instance);
 * const queues = await call(() => new platformClient.RoutingApi().getRoutingQueues());
 * ```
 */
import type { AccessTokens } from "@genesys-credential-guard/client";

/** What is used of the SDK's `ApiClient`. */
interface ApiClient {
  setAccessToken(token: string): void;
}

/** The SDK rejects with the answer, whose status this is. */
const isRefused = (error: unknown): boolean => (error as { status?: unknown }).status === 401;

/** Makes a call with the current token, and once more with another where the platform refuses it. */
export const rotatedCalls =
  (tokens: AccessTokens, client: ApiClient) =>
  async <T>(call: () => Promise<T>): Promise<T> => {
    const token = await tokens.get();
    client.setAccessToken(token.value);
    try {
      return await call();
    } catch (error) {
      const another = isRefused(error) ? await tokens.replace(token) : undefined;
      if (another === undefined) throw error;
      client.setAccessToken(another.value);
      return call();
    }
  };
