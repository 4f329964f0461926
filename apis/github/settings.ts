import { checkBaseUrl } from "../http/base-url.ts";
import { MissingCredentialsError } from "../http/errors.ts";
import { Secret } from "../http/secret.ts";

export interface GithubSettings {
  /** Default `https://api.github.com`; a GitHub Enterprise Server has `https://HOST/api/v3`. */
  apiUrl: string;
  token: Secret;
}

export const serviceName = "GitHub";

const nextStep =
  "Set the environment variable GITHUB_TOKEN to a token that may administer secret scanning; without an account, run it against the sandbox.";

/** `GITHUB_TOKEN` and, optionally, `GITHUB_API_URL`. Throws one `MissingCredentialsError` for all mistakes. */
export const readGithubSettings = (environment: NodeJS.ProcessEnv): GithubSettings => {
  const token = environment.GITHUB_TOKEN?.trim() ?? "";
  const apiUrl = environment.GITHUB_API_URL?.trim() || "https://api.github.com";
  const urlProblem = checkBaseUrl(apiUrl);
  const problems = [
    ...(token === "" ? ["GITHUB_TOKEN is not set"] : []),
    ...(urlProblem === undefined ? [] : [`GITHUB_API_URL ${urlProblem}`]),
  ];
  if (problems.length > 0) throw new MissingCredentialsError(serviceName, problems, nextStep);
  return { apiUrl: apiUrl.replace(/\/+$/, ""), token: new Secret(token) };
};
