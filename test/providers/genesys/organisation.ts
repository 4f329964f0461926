import { createGenesysApi } from "../../../apis/genesys/create.ts";
import { createSession, type Session, type SessionOptions } from "../../../providers/genesys/session.ts";
import { type GenesysOptions, type GenesysSimulator, startGenesys } from "../../../sandbox/genesys/index.ts";
import type { Account } from "./aws.ts";

/** Waiting takes no time, and lets everything else that is ready go first. */
const noWait = () => new Promise((resolve) => setImmediate(resolve));

export interface Organisation extends GenesysSimulator {
  /** A session as a new host process would make it. */
  session(options?: Pick<SessionOptions, "environment" | "sleep">): Session;
  /** What the sessions told the user. */
  warnings: string[];
}

/** A simulated organisation and sessions that point at it, and at an AWS account if given, in which no time passes. */
export const startOrganisation = async (
  options: GenesysOptions = {},
  account?: Account,
): Promise<Organisation> => {
  const simulator = await startGenesys({
    rateLimitPerMinute: "off",
    tokenRequestsPerMinute: "off",
    ...options,
  });
  const warnings: string[] = [];
  return {
    ...simulator,
    warnings,
    session: ({ environment = {}, sleep = noWait } = {}) => {
      const api = createGenesysApi({
        environment: simulator.environment(),
        transport: { sleep: noWait, retry: { attempts: 3, limitedAttempts: 3 } },
      });
      return createSession(api, {
        sleep,
        environment: { ...simulator.environment(), ...environment },
        ...(account === undefined ? {} : { aws: account.access() }),
        ...(options.clock === undefined ? {} : { now: options.clock }),
        warn: (message) => warnings.push(message),
      });
    },
  };
};
