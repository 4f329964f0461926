import type { GenesysApi, OAuthClient } from "./api.ts";
import type { Session } from "./session.ts";

const route = "/api/v2/oauth/clients";
const one = `${route}/{clientId}`;
const about = (clientId: string) => ({ params: { clientId }, object: `OAuth client ${clientId}` });

/** https://developer.genesys.cloud/platform/api/#oauth */
export const oauthClients = ({ call }: Session): GenesysApi["oauthClients"] => ({
  list: async () => {
    // The operation takes no parameters, so there is no second page to ask for.
    const { entities = [] } = await call<{ entities?: OAuthClient[] }>({
      method: "GET",
      route,
      object: "OAuth clients",
    });
    return entities;
  },
  get: (clientId) => call({ method: "GET", route: one, ...about(clientId) }),
  create: (body) => call({ method: "POST", route, object: `OAuth client named "${body.name}"`, body }),
  update: (clientId, body) => call({ method: "PUT", route: one, ...about(clientId), body }),
  delete: (clientId) => call({ method: "DELETE", route: one, ...about(clientId) }),
  resetSecret: (clientId) => call({ method: "POST", route: `${one}/secret`, ...about(clientId) }),
  startUsageQuery: async (clientId, interval) => {
    const { executionId = "" } = await call<{ executionId?: string }>({
      method: "POST",
      route: `${one}/usage/query`,
      ...about(clientId),
      body: { interval, granularity: "Day", metrics: ["Requests"] },
      effect: "none",
    });
    return executionId;
  },
  usageQueryResult: (clientId, executionId) =>
    call({
      method: "GET",
      route: `${one}/usage/query/results/{executionId}`,
      object: `usage of OAuth client ${clientId}`,
      params: { clientId, executionId },
    }),
});
