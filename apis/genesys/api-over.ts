import type { Connect } from "../http/connection.ts";
import type { GenesysApi } from "./api.ts";
import { credentials } from "./credentials.ts";
import { grants } from "./grants.ts";
import { integrations } from "./integrations.ts";
import { type GenesysOptions, openSession } from "./open-session.ts";
import { queues } from "./queues.ts";
import { rotationApi } from "./rotation-api.ts";
import { users } from "./users.ts";

/**
 * A client of the platform API over a given connection; a connection in `transport` is not looked at. Making it does
 * no I/O and reads no settings: what is missing is reported by the first call. All calls share one access token and
 * one limit of concurrency.
 */
export const genesysApiOver = (connect: Connect, options: GenesysOptions = {}): GenesysApi => {
  const session = openSession(connect, options);
  return {
    ...rotationApi(session),
    grants: grants(session),
    users: users(session),
    queues: queues(session),
    integrations: integrations(session),
    credentials: credentials(session),
  };
};
