import type { Transport } from "../http/client.ts";
import type { Connect } from "../http/connection.ts";
import type { GenesysApi } from "./api.ts";
import { credentials } from "./credentials.ts";
import { divisions } from "./divisions.ts";
import { grants } from "./grants.ts";
import { integrations } from "./integrations.ts";
import { oauthClients } from "./oauth-clients.ts";
import { organization } from "./organization.ts";
import { queues } from "./queues.ts";
import { roles } from "./roles.ts";
import { createSession, type Session } from "./session.ts";
import { type GenesysSettings, readGenesysSettings } from "./settings.ts";
import { users } from "./users.ts";

export interface GenesysOptions {
  /** Where the settings are read from, at the first call. Default `process.env`. */
  environment?: NodeJS.ProcessEnv;
  /** Instead of an environment. */
  settings?: GenesysSettings;
  /** Overrides for tests. */
  transport?: Transport;
}

/**
 * A client of the platform API over a given connection; a connection in `transport` is not looked at. Making it does
 * no I/O and reads no settings: what is missing is reported by the first call. All calls share one access token and
 * one limit of concurrency.
 */
export const genesysApiOver = (
  connect: Connect,
  { environment = process.env, settings, transport = {} }: GenesysOptions = {},
): GenesysApi => {
  let opened: Session | undefined;
  const open = (): Session => {
    opened ??= createSession(settings ?? readGenesysSettings(environment), { ...transport, connect });
    return opened;
  };
  const session: Session = {
    call: async (call) => open().call(call),
    callerId: () => open().callerId(),
    login: async () => open().login(),
  };
  return {
    session: { login: session.login },
    oauthClients: oauthClients(session),
    grants: grants(session),
    roles: roles(session),
    divisions: divisions(session),
    users: users(session),
    queues: queues(session),
    integrations: integrations(session),
    credentials: credentials(session),
    organization: organization(session),
  };
};
