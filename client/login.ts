import { type Answer, answerTo } from "./answer.ts";
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

/** Where a rate limit does not say how long it lasts. */
const defaultWaitSeconds = 60;

/** The refusals are HTTP 400 whatever the reason: only the body tells them apart. */
const judge = (clientId: string, { status, headers, body }: Answer): { value: Grant } | Setback => {
  const { access_token: value, expires_in: expiresInSeconds, error, error_description, description } = body;
  if (status === 200 && typeof value === "string" && typeof expiresInSeconds === "number") {
    return { value: { value, expiresInSeconds } };
  }
  const code = /^\w{1,50}$/.exec(String(error ?? "")) ?? "";
  const happened = `OAuth client ${clientId}: the token endpoint answers ${status} ${code}`;
  // https://github.com/MyPureCloud/terraform-provider-genesyscloud/blob/v1.84.1/genesyscloud/provider/provider.go#L344
  if (status === 429 || /^rate limit exceeded/i.test(String(error_description ?? description))) {
    const seconds = Number(headers.get("retry-after")) || defaultWaitSeconds;
    const limited = new TokenRateLimitedError(`${happened}. Come back after ${seconds} seconds.`, seconds);
    return { error: limited, waitMilliseconds: seconds * 1000 };
  }
  if (error === "invalid_client" || status === 401) {
    throw new InvalidClientError(
      `${happened}, and the store has no other secret. Check that the client is active, its region, and that the organisation's allowlist has this address.`,
    );
  }
  if (status >= 500 || status === 408) {
    return { error: new LoginUnavailableError(`${happened}. Try again later.`) };
  }
  throw new LoginRefusedError(`${happened}. The client must be of the type CLIENT-CREDENTIALS.`);
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
): Promise<Grant> => {
  const request = {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    // It brings its own content type.
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  };
  return attempting(clock, random, async () => {
    const answer = await answerTo(fetch, new URL("/oauth/token", loginUrl), request);
    if (answer) return judge(clientId, answer);
    const error = new LoginUnavailableError(
      `${loginUrl} gives no answer. Check the way out of this network.`,
    );
    return { error };
  });
};
