import { auditOperations } from "./audits.ts";
import { clientOperations } from "./clients.ts";
import { credentialOperations } from "./credentials.ts";
import { divisionOperations } from "./divisions.ts";
import { grantOperations } from "./grants.ts";
import { integrationOperations } from "./integrations.ts";
import { organizationOperations } from "./organization.ts";
import type { Operations } from "./platform.ts";
import { queueOperations } from "./queues.ts";
import { roleOperations } from "./roles.ts";
import { scopeOperations } from "./scopes.ts";
import { usageOperations } from "./usage.ts";
import { userOperations } from "./users.ts";

/** Every operation that needs a token. A new family is a file and a line here. */
export const operations = (): Operations => ({
  ...auditOperations(),
  ...clientOperations,
  ...credentialOperations,
  ...divisionOperations,
  ...grantOperations,
  ...integrationOperations,
  ...organizationOperations,
  ...queueOperations,
  ...roleOperations,
  ...scopeOperations,
  ...usageOperations(),
  ...userOperations,
});
