import { notFound } from "./errors.ts";
import type { Operations } from "./platform.ts";

/** The areas that the Terraform provider's documentation names; the platform has more. Each also exists with `:readonly`. */
const areas = [
  ...["architect", "authorization", "conversations", "external-contacts", "groups", "identity-providers"],
  ...["integrations", "knowledge", "locations", "oauth", "organization", "organization-authorization"],
  ...["outbound", "presence", "process-automation", "quality", "recordings", "routing", "scripts", "search"],
  ...["stations", "telephony", "upload", "user-basic-info", "users", "voicemail", "webdeployments"],
  "workforce-management",
];
const path = "/api/v2/oauth/scopes";
const scopes = areas
  .flatMap((area) => [area, `${area}:readonly`])
  .map((id) => ({ id, description: id, selfUri: `${path}/${id}` }));

export const scopeOperations: Operations = {
  [`GET ${path}`]: {
    run: () => ({ status: 200, body: { total: scopes.length, entities: scopes, selfUri: path } }),
  },
  [`GET ${path}/{scopeId}`]: {
    run: (call) => {
      const scope = scopes.find(({ id }) => id === call.param("scopeId"));
      if (scope === undefined) throw notFound(call.param("scopeId"));
      return { status: 200, body: scope };
    },
  },
};
