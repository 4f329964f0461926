import type { GithubApi } from "../../../apis/github/api.ts";
import { createGithubApi } from "../../../apis/github/create.ts";
import { createPushProtectionProvider } from "../../../providers/github/push-protection-provider.ts";
import { createRepositoryScanningProvider } from "../../../providers/github/repository-scanning-provider.ts";
import { createSecretPatternProvider } from "../../../providers/github/secret-pattern-provider.ts";
import { createGithubSession } from "../../../providers/github/session.ts";
import { type GithubOptions, type GithubSimulator, startGithub } from "../../../sandbox/github/index.ts";

/** GitHub, and the providers as a process of the engine's host makes them. */
export const startHost = async (options: GithubOptions = {}) => {
  const github = await startGithub({
    rateLimit: false,
    organizations: ["example-org", "other-org"],
    ...options,
  });
  /** One run of the engine: nothing is remembered from the run before. */
  const run = ({ token = github.token, through = (api: GithubApi): GithubApi => api } = {}) => {
    const environment = { ...github.environment(), GITHUB_TOKEN: token };
    const transport = { sleep: async () => {}, random: () => 0 };
    const session = createGithubSession(through(createGithubApi({ environment, transport })));
    return {
      secretPattern: createSecretPatternProvider(() => session),
      pushProtection: createPushProtectionProvider(() => session),
      repositoryScanning: createRepositoryScanningProvider(() => session),
    };
  };
  return { github, run };
};

export type Host = Awaited<ReturnType<typeof startHost>>;

/** The two clicks of a person. */
export const publish = ({ world }: GithubSimulator, id: string | number): void => {
  world.dryRun(Number(id));
  world.publish(Number(id));
};

export const patternsRoute = "/orgs/{org}/secret-scanning/custom-patterns";
export const configurationsRoute = "/orgs/{org}/secret-scanning/pattern-configurations";
