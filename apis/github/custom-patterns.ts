import type { CustomPattern, GithubApi, Scope } from "./api.ts";
import { allPages } from "./pages.ts";
import { repositoryParams } from "./repository.ts";
import type { Session } from "./session.ts";

const at = (scope: Scope) => {
  if ("organization" in scope) {
    return {
      route: "/orgs/{org}/secret-scanning/custom-patterns",
      params: { org: scope.organization },
      place: `organisation ${scope.organization}`,
    };
  }
  return {
    route: "/repos/{owner}/{repo}/secret-scanning/custom-patterns",
    params: repositoryParams(scope.repository),
    place: `repository ${scope.repository}`,
  };
};

/** https://docs.github.com/en/rest/secret-scanning/custom-patterns */
export const customPatterns = (session: Session): GithubApi["customPatterns"] => ({
  list: async (scope) => {
    const { route, params, place } = at(scope);
    return allPages(session, { method: "GET", route, params, object: `custom patterns of ${place}` });
  },
  create: async (scope, patterns) => {
    const { route, params, place } = at(scope);
    const names = patterns.map(({ name }) => `"${name}"`).join(", ");
    const { body } = await session.call({
      method: "POST",
      route,
      params,
      object: `custom pattern ${names} of ${place}`,
      body: { patterns },
    });
    return (body as { created_patterns?: CustomPattern[] }).created_patterns ?? [];
  },
  update: async (scope, patternId, patch) => {
    const { route, params, place } = at(scope);
    const { body } = await session.call({
      method: "PATCH",
      route: `${route}/{pattern_id}`,
      params: { ...params, pattern_id: patternId },
      object: `custom pattern ${patternId} of ${place}`,
      body: patch,
    });
    return body as CustomPattern;
  },
  delete: async (scope, patterns, alerts) => {
    const { route, params, place } = at(scope);
    await session.call({
      method: "DELETE",
      route,
      params,
      object: `custom pattern ${patterns.map(({ pattern_id }) => pattern_id).join(", ")} of ${place}`,
      body: { patterns, post_delete_action: alerts },
    });
  },
});
