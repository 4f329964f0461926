import { checkBaseUrl } from "../http/base-url.ts";
import type { ConnectedTransport } from "../http/client.ts";
import { MissingCredentialsError } from "../http/errors.ts";
import type { RetryPolicy } from "../http/retry.ts";
import { alerts } from "./alerts.ts";
import type { AppCredentials } from "./app-credentials.ts";
import { history } from "./history.ts";
import { hookDeliveries } from "./hook-deliveries.ts";
import { Installation, type Permissions } from "./installation.ts";
import type { GithubApp } from "./leak-api.ts";
import { serviceName } from "./settings.ts";

/**
 * `connect` is `fetchConnection` in a function, a simulator's own in a test; the others have defaults for a function
 * that is waited for: an attempt takes 10 seconds at most, three calls are under way at once, and a pause of more than
 * 15 seconds, or 40 in all, is left to the caller (`RateLimitedError.retryAt`).
 */
export interface GithubAppOptions extends ConnectedTransport {
  /** Default `https://api.github.com`; a GitHub Enterprise Server has `https://HOST/api/v3`. */
  apiUrl?: string;
}

const patience: Partial<RetryPolicy> = {
  attempts: 4,
  limitedAttempts: 4,
  longestWaitMilliseconds: 15_000,
  totalMilliseconds: 40_000,
};

/** What answering a leak takes, and no more, whatever the App may do. */
const leakPermissions: Permissions = { secret_scanning_alerts: "write", contents: "read", metadata: "read" };
/** For the sweep alone, and only once it asks: an answer to a leak never holds it. */
const hookPermissions: Permissions = { organization_hooks: "write" };

/** The same work once, however often it is asked for; again if it failed. */
const once = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let started: Promise<T> | undefined;
  return () => {
    started ??= work().catch((error: unknown) => {
      started = undefined;
      throw error;
    });
    return started;
  };
};

/**
 * A GitHub App. Making it does no I/O; `credentials` is asked at every `installation()`, and once more, `fresh`, where
 * GitHub does not accept them.
 *
 * @throws MissingCredentialsError where `apiUrl` is no URL that a key may be sent to
 * @example
 * const app = githubApp({ connect: fetchConnection }, async (how) => parseAppCredentials(await held.read(how)));
 * const github = await app.installation();
 */
export const githubApp = (
  { apiUrl = "https://api.github.com", ...transport }: GithubAppOptions,
  credentials: (how?: { fresh: boolean }) => Promise<AppCredentials>,
): GithubApp => {
  const problem = checkBaseUrl(apiUrl);
  if (problem !== undefined) {
    const next = "Set it to https://api.github.com or to the server's own API.";
    throw new MissingCredentialsError(serviceName, [`GITHUB_API_URL ${problem}`], next);
  }
  const settings = {
    timeoutMilliseconds: 10_000,
    concurrency: 3,
    ...transport,
    retry: { ...patience, ...transport.retry },
  };
  const installation = new Installation(apiUrl.replace(/\/+$/, ""), settings, credentials);
  return {
    installation: async () => {
      const session = await installation.session(leakPermissions);
      return {
        ...alerts(session),
        ...history(session),
        ...hookDeliveries(once(() => installation.session(hookPermissions))),
      };
    },
  };
};
