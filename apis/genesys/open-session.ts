import type { Transport } from "../http/client.ts";
import type { Connect } from "../http/connection.ts";
import { createSession, type Session } from "./session.ts";
import { type GenesysSettings, readGenesysSettings } from "./settings.ts";

export interface GenesysOptions {
  /** Where the settings are read from, at the first call. Default `process.env`. */
  environment?: NodeJS.ProcessEnv;
  /** Instead of an environment. */
  settings?: GenesysSettings;
  /** Overrides for tests. */
  transport?: Transport;
}

/** A session that reads its settings at the first call. A connection in `transport` is not looked at. */
export const openSession = (
  connect: Connect,
  { environment = process.env, settings, transport = {} }: GenesysOptions,
): Session => {
  let opened: Session | undefined;
  const open = (): Session => {
    opened ??= createSession(settings ?? readGenesysSettings(environment), { ...transport, connect });
    return opened;
  };
  return {
    // Awaited here, because handing a promise on takes two turns more.
    call: async (call) => await open().call(call),
    callerId: () => open().callerId(),
    login: async () => await open().login(),
  };
};
