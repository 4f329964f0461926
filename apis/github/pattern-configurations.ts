import type { GithubApi, PatternConfigurations } from "./api.ts";
import type { Session } from "./session.ts";

const about = (organization: string) => ({
  route: "/orgs/{org}/secret-scanning/pattern-configurations",
  params: { org: organization },
  object: `push protection of organisation ${organization}`,
});

/** https://docs.github.com/en/rest/secret-scanning/push-protection */
export const patternConfigurations = ({ call }: Session): GithubApi["patternConfigurations"] => ({
  get: async (organization) =>
    (await call({ method: "GET", ...about(organization) })).body as PatternConfigurations,
  update: async (organization, patch) =>
    (await call({ method: "PATCH", ...about(organization), body: patch })).body as {
      pattern_config_version?: string;
    },
});
