import type { GenesysApi } from "./api.ts";
import { allPages } from "./pages.ts";
import type { Session } from "./session.ts";

const route = "/api/v2/authorization/divisions";

/** https://developer.genesys.cloud/platform/api/#authorization */
export const divisions = (session: Session): GenesysApi["divisions"] => ({
  list: () => allPages(session, { method: "GET", route, object: "divisions" }),
  home: () => session.call({ method: "GET", route: `${route}/home`, object: "home division" }),
});
