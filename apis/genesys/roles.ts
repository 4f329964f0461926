import type { GenesysApi } from "./api.ts";
import { allPages } from "./pages.ts";
import type { Session } from "./session.ts";

const route = "/api/v2/authorization/roles";
const one = `${route}/{roleId}`;
const about = (roleId: string) => ({ params: { roleId }, object: `role ${roleId}` });

/** https://developer.genesys.cloud/platform/api/#authorization */
export const roles = (session: Session): GenesysApi["roles"] => ({
  // Counting each role's users is work that nobody asked for.
  list: () => allPages(session, { method: "GET", route, query: { userCount: false }, object: "roles" }),
  get: (roleId) => session.call({ method: "GET", route: one, ...about(roleId) }),
  create: (body) => session.call({ method: "POST", route, object: `role named "${body.name}"`, body }),
  update: (roleId, body) => session.call({ method: "PUT", route: one, ...about(roleId), body }),
  delete: (roleId) => session.call({ method: "DELETE", route: one, ...about(roleId) }),
});
