import type { GenesysApi, Queue } from "./api.ts";
import { allPages } from "./pages.ts";
import type { Session } from "./session.ts";

const route = "/api/v2/routing/queues";
const one = `${route}/{queueId}`;
const about = (queueId: string) => ({ params: { queueId }, object: `queue ${queueId}` });

/** https://developer.genesys.cloud/platform/api/#routing */
export const queues = (session: Session): GenesysApi["queues"] => ({
  findByName: async (name) => {
    const found = await allPages<Queue>(session, {
      method: "GET",
      route,
      query: { name },
      object: `queue named "${name}"`,
    });
    // The platform takes asterisks in the name for wildcards and does not mind the case.
    return found.filter((queue) => queue.name === name);
  },
  get: (queueId) => session.call({ method: "GET", route: one, ...about(queueId) }),
  create: (body) => session.call({ method: "POST", route, object: `queue named "${body.name}"`, body }),
  update: (queueId, body) => session.call({ method: "PUT", route: one, ...about(queueId), body }),
  delete: (queueId, { forceDelete }) =>
    session.call({ method: "DELETE", route: one, ...about(queueId), query: { forceDelete } }),
});
