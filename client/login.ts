import { attempting, type Setback } from "./attempts.ts";
import type { Clock } from "./clock.ts";
import {
  InvalidClientError,
  LoginRefusedError,
  LoginUnavailableError,
  TokenRateLimitedError,
} from "./errors.ts";
import type { Credential } from "./source.ts";

/** A token as the platform grants it. */
export interface Grant {
  value: string;
  expiresInSeconds: number;
}

const timeoutMilliseconds = 10_000;
const defaultWaitSeconds = 60;

const secondsOf = (header: string | null): number | undefined =>
  header !== null && /^\d+$/.test(header) ? Number(header) : undefined;

/** The refusals are HTTP 400 whatever the reason: only the body tells them apart. */
const judge = (
  clientId: string,
  { status, headers }: Response,
  body: Record<string, unknown>,
): { value: Grant } | Setback => {
  const { access_token: value, expires_in: expiresInSeconds, error, error_description, description } = body;
  if (status === 200 && typeof value === "string" && typeof expiresInSeconds === "number") {
    return { value: { value, expiresInSeconds } };
  }
  const code = typeof error === "string" && /^\w{1,50}$/.test(error) ? ` ${error}` : "";
  const happened = `OAuth client ${clientId}: the token endpoint answers ${status}${code}.`;
  // https://github.com/MyPureCloud/terraform-provider-genesyscloud/blob/v1.84.1/genesyscloud/provider/provider.go#L344
  if (status === 429 || /^rate limit exceeded/i.test(String(error_description ?? description))) {
    const seconds = secondsOf(headers.get("retry-after")) ?? defaultWaitSeconds;
    const limited = new TokenRateLimitedError(`${happened} Come back after ${seconds} seconds.`, seconds);
    return { error: limited, waitMilliseconds: seconds * 1000 };
  }
  if (error === "invalid_client" || status === 401) {
    throw new InvalidClientError(
      `${happened} The store has no other secret: check that the client is active, its region, and that the organisation's allowlist has this address.`,
    );
  }
  if (status >= 500 || status === 408) {
    return { error: new LoginUnavailableError(`${happened} Try again later.`) };
  }
  throw new LoginRefusedError(`${happened} The client must be of the type CLIENT-CREDENTIALS.`);
};

/**
 * Asks for a token. A token more changes nothing for anybody, so failures are tried again.
 *
 * @throws InvalidClientError, TokenRateLimitedError, LoginRefusedError, LoginUnavailableError
 */
export const login = (
  { clientId, clientSecret }: Credential,
  loginUrl: string,
  fetch: typeof globalThis.fetch,
  clock: Clock,
  random: () => number,
): Promise<Grant> =>
  attempting(clock, random, async () => {
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(new URL("/oauth/token", loginUrl), {
        method: "POST",
        headers: {
          authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
          "content-type": "application/x-www-form-urlencoded",
        },
        body: "grant_type=client_credentials",
        // Elsewhere nobody is to have the secret.
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      // A page of some proxy is no answer, but its status says enough.
      body = await response.json().catch(() => undefined);
    } catch {
      // The network's own error can hold the request.
      const { host } = new URL(loginUrl);
      return {
        error: new LoginUnavailableError(`${host} gives no answer. Check the way out of this network.`),
      };
    }
    return judge(clientId, response, Object(body));
  });
