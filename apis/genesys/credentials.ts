import type { GenesysApi } from "./api.ts";
import { allPages } from "./pages.ts";
import type { Session } from "./session.ts";

const route = "/api/v2/integrations/credentials";
const one = `${route}/{credentialId}`;
const about = (credentialId: string) => ({ params: { credentialId }, object: `credential ${credentialId}` });

/** https://developer.genesys.cloud/platform/api/#integrations */
export const credentials = (session: Session): GenesysApi["credentials"] => ({
  list: () => allPages(session, { method: "GET", route, object: "credentials" }),
  get: (credentialId) => session.call({ method: "GET", route: one, ...about(credentialId) }),
  create: (body) =>
    session.call({ method: "POST", route, object: `credential named "${body.name ?? ""}"`, body }),
  update: (credentialId, body) => session.call({ method: "PUT", route: one, ...about(credentialId), body }),
  delete: (credentialId) => session.call({ method: "DELETE", route: one, ...about(credentialId) }),
});
