import type { components } from "@octokit/openapi-types";
import { type GithubOptions, type GithubSimulator, startGithub } from "../../../sandbox/github/index.ts";

export type CustomPattern = components["schemas"]["secret-scanning-custom-pattern"];
export type Configuration = components["schemas"]["secret-scanning-pattern-configuration"];

export const orgPatterns = "/orgs/example-org/secret-scanning/custom-patterns";
export const repoPatterns = "/repos/example-org/example-repo/secret-scanning/custom-patterns";
export const configurations = "/orgs/example-org/secret-scanning/pattern-configurations";

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface Caller {
  github: GithubSimulator;
  call<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
  create(
    given: { name: string; pattern?: string } & Partial<Record<string, unknown>>,
  ): Promise<CustomPattern>;
  /** The two clicks of a person. */
  publish(id: number): void;
}

const started: GithubSimulator[] = [];

/** GitHub, and a bare HTTP client for it. */
export const startCaller = async (options: GithubOptions = {}): Promise<Caller> => {
  const github = await startGithub({ rateLimit: false, ...options });
  started.push(github);
  const call = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> => {
    const response = await fetch(github.url + path, {
      method,
      headers: { authorization: `Bearer ${github.token}`, ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === "" ? undefined : JSON.parse(text)) as T,
    };
  };
  return {
    github,
    call,
    create: async (given) => {
      const { body } = await call<{ created_patterns: CustomPattern[] }>("POST", orgPatterns, {
        patterns: [{ pattern: "x[0-9]{8}", ...given }],
      });
      const [pattern] = body.created_patterns;
      if (pattern === undefined) throw new Error("nothing was created");
      return pattern;
    },
    publish: (id) => {
      github.world.dryRun(id);
      github.world.publish(id);
    },
  };
};

/** For `afterEach`: stops what the test started. */
export const stopCallers = async (): Promise<void> => {
  await Promise.all(started.splice(0).map((github) => github.close()));
};
