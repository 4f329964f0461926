import type { GenesysApi, User } from "./api.ts";
import type { Session } from "./session.ts";

const route = "/api/v2/users";
const one = `${route}/{userId}`;
const about = (userId: string) => ({ params: { userId }, object: `user ${userId}` });

/** What the platform leaves out of a user unless it is asked for. */
const expand = "authorization,team";

/** The search leaves out the deleted ones unless it is asked for every state. */
const states = ["active", "inactive", "deleted"];

/** https://developer.genesys.cloud/platform/api/#users */
export const users = ({ call }: Session): GenesysApi["users"] => ({
  findByEmail: async (email) => {
    const { results = [] } = await call<{ results?: User[] }>({
      method: "POST",
      route: `${route}/search`,
      object: `user ${email}`,
      effect: "none",
      body: {
        pageSize: 25,
        pageNumber: 1,
        query: [
          { type: "EXACT", fields: ["email"], value: email },
          { type: "EXACT", fields: ["state"], values: states },
        ],
      },
    });
    return results.find((user) => user.email?.toLowerCase() === email.toLowerCase());
  },
  get: (userId, { state } = {}) =>
    call({
      method: "GET",
      route: one,
      ...about(userId),
      query: { expand, ...(state === undefined ? {} : { state }) },
    }),
  create: (body) => call({ method: "POST", route, object: `user ${body.email}`, body }),
  update: (userId, body) => call({ method: "PATCH", route: one, ...about(userId), body }),
  delete: (userId) => call({ method: "DELETE", route: one, ...about(userId) }),
});
