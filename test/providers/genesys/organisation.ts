import { createGenesysApi } from "../../../apis/genesys/create.ts";
import { createSession, type Session } from "../../../providers/genesys/session.ts";
import { type GenesysOptions, type GenesysSimulator, startGenesys } from "../../../sandbox/genesys/index.ts";

/** Waiting takes no time, and lets everything else that is ready go first. */
const noWait = () => new Promise((resolve) => setImmediate(resolve));

export interface Organisation extends GenesysSimulator {
  /** A session as a new host process would make it. */
  session(): Session;
  /** What the sessions told the user. */
  warnings: string[];
}

/** A simulated organisation and sessions that point at it, in which no time passes. */
export const startOrganisation = async (options: GenesysOptions = {}): Promise<Organisation> => {
  const simulator = await startGenesys({
    rateLimitPerMinute: "off",
    tokenRequestsPerMinute: "off",
    ...options,
  });
  const warnings: string[] = [];
  return {
    ...simulator,
    warnings,
    session: () => {
      const options = {
        environment: simulator.environment(),
        transport: { sleep: noWait, retry: { attempts: 3, limitedAttempts: 3 } },
      };
      return createSession(createGenesysApi(options), {
        sleep: noWait,
        warn: (message) => warnings.push(message),
      });
    },
  };
};
