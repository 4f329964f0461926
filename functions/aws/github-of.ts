import type { RevokerPorts } from "../ports.ts";
import { awsGithub } from "./github.ts";
import { type lambdaSession, later, variablesOf } from "./lambda.ts";

/** Reads GITHUB_APP_SECRET_ARN and, optionally, GITHUB_API_URL when it is first used. */
export const githubOf = (
  environment: NodeJS.ProcessEnv,
  session: ReturnType<typeof lambdaSession>,
): RevokerPorts["github"] => {
  const app = later(() =>
    awsGithub(session, {
      secretArn: variablesOf(environment)("GITHUB_APP_SECRET_ARN"),
      apiUrl: environment.GITHUB_API_URL,
    }),
  );
  return { installation: async () => app().installation() };
};
