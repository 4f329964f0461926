import { clientLimitKey, defaultClientQuota } from "./clients.ts";
import { notFound } from "./errors.ts";
import type { Operations } from "./platform.ts";

export const organizationOperations: Operations = {
  "GET /api/v2/organizations/me": {
    run: (call) => ({ status: 200, body: call.world.organization }),
  },
  "GET /api/v2/organizations/limits/namespaces/{namespaceName}": {
    run: (call) => {
      const namespace = call.param("namespaceName");
      if (namespace !== "auth.api") throw notFound(namespace);
      const { options } = call.platform;
      return {
        status: 200,
        body: {
          entities: [{ namespace, key: clientLimitKey, value: options.clientQuota ?? defaultClientQuota }],
        },
      };
    },
  },
};
