import type { GenesysApi } from "./api.ts";
import { allPages } from "./pages.ts";
import type { Session } from "./session.ts";

const route = "/api/v2/integrations";
const one = `${route}/{integrationId}`;
const config = `${one}/config/current`;
const about = (integrationId: string) => ({
  params: { integrationId },
  object: `integration ${integrationId}`,
});

/** https://developer.genesys.cloud/platform/api/#integrations */
export const integrations = (session: Session): GenesysApi["integrations"] => ({
  list: () => allPages(session, { method: "GET", route, object: "integrations" }),
  get: (integrationId) => session.call({ method: "GET", route: one, ...about(integrationId) }),
  create: (body) => session.call({ method: "POST", route, object: `integration named "${body.name}"`, body }),
  setState: (integrationId, body) =>
    session.call({ method: "PATCH", route: one, ...about(integrationId), body, effect: "idempotent" }),
  config: (integrationId) => session.call({ method: "GET", route: config, ...about(integrationId) }),
  updateConfig: (integrationId, body) =>
    session.call({ method: "PUT", route: config, ...about(integrationId), body }),
  delete: (integrationId) => session.call({ method: "DELETE", route: one, ...about(integrationId) }),
});
