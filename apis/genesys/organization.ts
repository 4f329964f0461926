import type { Models } from "purecloud-platform-client-v2";
import type { GenesysApi } from "./api.ts";
import type { Session } from "./session.ts";

const route = "/api/v2/organizations";
const settings = {
  route: `${route}/authentication/settings`,
  object: "authentication settings of the organisation",
};

/** https://developer.genesys.cloud/platform/api/#organization */
export const organization = ({ call }: Session): GenesysApi["organization"] => ({
  me: () => call({ method: "GET", route: `${route}/me`, object: "organisation" }),
  authenticationSettings: () => call({ method: "GET", ...settings }),
  updateAuthenticationSettings: (patch) =>
    call({ method: "PATCH", ...settings, body: patch, effect: "idempotent" }),
  limits: async (namespaceName) => {
    const { entities = [] } = await call<Models.LimitsEntityListing>({
      method: "GET",
      route: `${route}/limits/namespaces/{namespaceName}`,
      params: { namespaceName },
      object: `limits of ${namespaceName}`,
    });
    return Object.fromEntries(
      entities.flatMap(({ key, value }) => (key === undefined || value === undefined ? [] : [[key, value]])),
    );
  },
});
