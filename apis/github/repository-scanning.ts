import type { components } from "@octokit/openapi-types";
import type { GithubApi, RepositoryScanning } from "./api.ts";
import { repositoryParams } from "./repository.ts";
import type { Session } from "./session.ts";

type Repository = Pick<components["schemas"]["full-repository"], "security_and_analysis">;

const about = (repository: string) => ({
  route: "/repos/{owner}/{repo}",
  params: repositoryParams(repository),
  object: `secret scanning of repository ${repository}`,
});

/** Without the rights of an administrator GitHub leaves the whole field out. */
const scanningIn = (body: unknown): RepositoryScanning => {
  const { security_and_analysis: settings } = body as Repository;
  return {
    scanning: settings?.secret_scanning?.status,
    pushProtection: settings?.secret_scanning_push_protection?.status,
  };
};

/** https://docs.github.com/en/rest/repos/repos#update-a-repository */
export const repositoryScanning = ({ call }: Session): GithubApi["repositoryScanning"] => ({
  get: async (repository) => scanningIn((await call({ method: "GET", ...about(repository) })).body),
  enable: async (repository) => {
    const enabled = { status: "enabled" };
    const { body } = await call({
      method: "PATCH",
      ...about(repository),
      body: { security_and_analysis: { secret_scanning: enabled, secret_scanning_push_protection: enabled } },
      // The same again changes nothing.
      effect: "idempotent",
    });
    return scanningIn(body);
  },
});
