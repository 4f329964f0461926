import { createSession } from "../../apis/genesys/session.ts";
import { type GenesysSettings, readGenesysSettings } from "../../apis/genesys/settings.ts";
import type { Transport } from "../../apis/http/client.ts";

/** The OAuth client with which this program logs in. */
export interface Caller {
  /**
   * Gives the caller a role in all divisions: the platform refuses a client with roles that its maker does not
   * hold. A new grant takes up to five minutes to count.
   * https://help.mypurecloud.com/articles/access-control-permissions-overview/
   */
  takeRole(roleId: string): Promise<void>;
}

export interface CallerOptions {
  /** Where the settings are read from, at the first call. Default `process.env`. */
  environment?: NodeJS.ProcessEnv;
  /** Overrides for tests. */
  transport?: Transport;
}

export const createCaller = ({ environment = process.env, transport = {} }: CallerOptions = {}): Caller => {
  let opened: { settings: GenesysSettings; session: ReturnType<typeof createSession> } | undefined;
  const open = () => {
    if (opened === undefined) {
      const settings = readGenesysSettings(environment);
      opened = { settings, session: createSession(settings, transport) };
    }
    return opened;
  };
  return {
    takeRole: async (roleId) => {
      const { settings, session } = open();
      await session.call({
        method: "POST",
        route: "/api/v2/authorization/subjects/{subjectId}/bulkadd",
        params: { subjectId: settings.clientId },
        query: { subjectType: "PC_OAUTH_CLIENT" },
        object: `grant of role ${roleId} to OAuth client ${settings.clientId}, with which this program logs in`,
        body: { grants: [{ roleId, divisionId: "*" }] },
        // A grant that is there already stays as it is.
        effect: "idempotent",
      });
    },
  };
};
