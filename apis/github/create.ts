import type { Transport } from "../http/client.ts";
import type { GithubApi } from "./api.ts";
import { customPatterns } from "./custom-patterns.ts";
import { patternConfigurations } from "./pattern-configurations.ts";
import { repositoryScanning } from "./repository-scanning.ts";
import { createSession, type Session } from "./session.ts";
import { type GithubSettings, readGithubSettings } from "./settings.ts";

export interface GithubOptions {
  /** Where the settings are read from, at the first call. Default `process.env`. */
  environment?: NodeJS.ProcessEnv;
  /** Instead of an environment. */
  settings?: GithubSettings;
  /** Overrides for tests. */
  transport?: Transport;
}

/** A client of GitHub's REST API. Making it does no I/O; missing settings are reported by the first call. */
export const createGithubApi = ({
  environment = process.env,
  settings,
  transport = {},
}: GithubOptions = {}): GithubApi => {
  let opened: Session | undefined;
  const session: Session = {
    call: async (call) => {
      opened ??= createSession(settings ?? readGithubSettings(environment), transport);
      return opened.call(call);
    },
  };
  return {
    customPatterns: customPatterns(session),
    patternConfigurations: patternConfigurations(session),
    repositoryScanning: repositoryScanning(session),
  };
};
