import type { GenesysApi } from "./api.ts";
import type { Session } from "./session.ts";

/** https://developer.genesys.cloud/platform/api/#authorization */
export const grants = ({ call, callerId }: Session): GenesysApi["grants"] => ({
  addToCaller: async (given) => {
    const subjectId = callerId();
    await call({
      method: "POST",
      route: "/api/v2/authorization/subjects/{subjectId}/bulkadd",
      params: { subjectId },
      query: { subjectType: "PC_OAUTH_CLIENT" },
      object: `roles of OAuth client ${subjectId}, with which this program logs in`,
      body: { grants: given },
      // A grant that is there already stays as it is.
      effect: "idempotent",
    });
  },
});
