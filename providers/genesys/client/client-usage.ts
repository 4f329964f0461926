import type { OAuthClient } from "../../../apis/genesys/api.ts";
import { UsageUnknownError } from "../errors.ts";
import { ifFound } from "../existence.ts";
import { idOf } from "../identity.ts";
import type { Session } from "../session.ts";

const dayMilliseconds = 24 * 3600 * 1000;

/** The longest interval that is safe to ask for. */
const maximumDays = 365;

/**
 * How many requests a client has made since it exists, a year back at most. The platform counts with a delay that it
 * does not publish: what was made in the last hours may be missing.
 *
 * @throws UsageUnknownError if the platform does not finish counting
 */
export const requestsOf = async (session: Session, client: OAuthClient): Promise<number> => {
  const { api, now, patience } = session;
  const clientId = idOf(client);
  const created = Date.parse(client.dateCreated ?? "") || 0;
  const from = Math.max(created, now() - maximumDays * dayMilliseconds);
  // The clocks of two machines differ; what is counted for tomorrow is counted all the same.
  const to = now() + dayMilliseconds;
  const interval = [from, to].map((time) => new Date(time).toISOString()).join("/");
  const executionId = await ifFound(() => api.oauthClients.startUsageQuery(clientId, interval));
  // Gone, or made a moment ago and not everywhere yet: nobody can have used it.
  if (executionId === undefined) return 0;
  const rows = await patience.until(async () => {
    const { queryStatus, results } = await api.oauthClients.usageQueryResult(clientId, executionId);
    return queryStatus === "Complete" ? (results ?? []) : undefined;
  });
  if (rows === undefined) throw new UsageUnknownError(`OAuth client ${clientId}`);
  return rows.reduce((sum, { requests = 0 }) => sum + requests, 0);
};
