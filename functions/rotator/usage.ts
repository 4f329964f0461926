import type { OAuthClient, RotationApi } from "../../apis/genesys/api.ts";
import { GenesysError, NotFoundError } from "../../apis/genesys/errors.ts";
import type { RotatorPorts } from "../ports.ts";
import { madeAt } from "./marked-clients.ts";
import { ifFound, until } from "./patience.ts";

const dayMilliseconds = 24 * 3600 * 1000;

/** The longest interval that is safe to ask for. */
const maximumDays = 365;

/**
 * How many requests a client has made since it exists, a year back at most; undefined where the platform does not
 * say. It counts with a delay that it does not publish: what was made in the last hours may be missing.
 */
export const requestsOf = async (
  { clock, log }: Pick<RotatorPorts, "clock" | "log">,
  api: RotationApi,
  client: OAuthClient & { id: string },
): Promise<number | undefined> => {
  const now = clock.now();
  const from = Math.max(madeAt(client, 0), now - maximumDays * dayMilliseconds);
  // The clocks of two machines differ; what is counted for tomorrow is counted all the same.
  const interval = [from, now + dayMilliseconds].map((time) => new Date(time).toISOString()).join("/");
  try {
    const executionId = await api.oauthClients.startUsageQuery(client.id, interval);
    const rows = await until(clock, async () => {
      // A query that was begun a moment ago may not be known everywhere.
      const answer = await ifFound(() => api.oauthClients.usageQueryResult(client.id, executionId));
      return answer?.queryStatus === "Complete" ? (answer.results ?? []) : undefined;
    });
    return rows?.reduce((sum, { requests = 0 }) => sum + requests, 0);
  } catch (error) {
    if (!(error instanceof GenesysError)) throw error;
    const reason = error instanceof NotFoundError ? "the platform does not know it" : error.message;
    log.warn("The use of a client is unknown", { clientId: client.id, reason });
    return undefined;
  }
};
