import type { components } from "@octokit/openapi-types";
import * as v from "valibot";
import type { SimulatedRequest, SimulatedResponse } from "../http/server.ts";
import { invalidFields, invalidRequest, notFound, Refusal, versionMismatch } from "./answers.ts";
import { bodyOf } from "./body.ts";
import { contentErrors } from "./content-rules.ts";
import type { Endpoint, Family } from "./family.ts";
import { pageOf } from "./paging.ts";
import {
  defaultDelimiters,
  type PatternContent,
  type PatternWorld,
  type ScopeState,
  type StoredPattern,
} from "./pattern-world.ts";
import type { Switches } from "./switches.ts";

type Schemas = components["schemas"];
type CustomPattern = Schemas["secret-scanning-custom-pattern"];

const mostPatterns = { organization: 500, repository: 100 };
const mostDeletions = 500;

const rules = v.array(v.string());
const contentEntries = {
  pattern: v.string(),
  start_delimiter: v.string(),
  end_delimiter: v.string(),
  must_match: rules,
  must_not_match: rules,
};
const partialContent = v.partial(v.object(contentEntries)).entries;

const createBody = v.object({
  patterns: v.pipe(
    v.array(v.object({ ...partialContent, name: v.string(), pattern: v.string() })),
    v.minLength(1, "must not be empty"),
  ),
});
const updateBody = v.object({ ...partialContent, custom_pattern_version: v.nullable(v.string()) });
const deleteBody = v.object({
  patterns: v.pipe(
    v.array(v.object({ pattern_id: v.number(), custom_pattern_version: v.optional(v.nullable(v.string())) })),
    v.minLength(1, "must not be empty"),
    v.maxLength(mostDeletions, `must not be longer than ${mostDeletions}`),
  ),
  post_delete_action: v.optional(v.picklist(["delete_alerts", "resolve_alerts"]), "delete_alerts"),
});

type GivenContent = Omit<v.InferOutput<typeof updateBody>, "custom_pattern_version">;

const contentGiven = (given: GivenContent): Partial<PatternContent> => ({
  ...(given.pattern !== undefined && { pattern: given.pattern }),
  ...(given.start_delimiter !== undefined && { startDelimiter: given.start_delimiter }),
  ...(given.end_delimiter !== undefined && { endDelimiter: given.end_delimiter }),
  ...(given.must_match !== undefined && { mustMatch: given.must_match }),
  ...(given.must_not_match !== undefined && { mustNotMatch: given.must_not_match }),
});

/** Whether a write was made for the version that there is. */
export const versionMatches = (
  given: string | null | undefined,
  { version }: StoredPattern,
  { reportsVersions, nullVersionMatchesAny }: Switches,
): boolean => {
  if (!reportsVersions) return (given ?? null) === null;
  return given === version || ((given ?? null) === null && nullVersionMatchesAny);
};

const sortKeys = {
  created: ({ createdAt }: StoredPattern) => createdAt.getTime(),
  updated: ({ updatedAt }: StoredPattern) => updatedAt.getTime(),
  name: ({ name }: StoredPattern) => name,
};

const isSortKey = (text: string): text is keyof typeof sortKeys => Object.hasOwn(sortKeys, text);

const sorted = (patterns: StoredPattern[], query: URLSearchParams): StoredPattern[] => {
  const sort = query.get("sort") ?? "created";
  const key = sortKeys[isSortKey(sort) ? sort : "created"];
  const direction = query.get("direction") === "asc" ? 1 : -1;
  return patterns.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    return direction * (left < right ? -1 : left > right ? 1 : a.id - b.id);
  });
};

/**
 * Custom patterns: list, bulk create, update, bulk delete, alike for organisations and repositories.
 * https://docs.github.com/en/rest/secret-scanning/custom-patterns
 */
export const customPatterns = (world: PatternWorld, switches: Switches): Family => {
  const wire = (pattern: StoredPattern): CustomPattern => {
    const delimiter = (text: string, usual: string) =>
      switches.nullDefaultDelimiters && text === usual ? null : text;
    return {
      id: pattern.id,
      name: pattern.name,
      pattern: pattern.pattern,
      slug: pattern.slug,
      state: pattern.state,
      push_protection_enabled: pattern.pushProtection === "enabled",
      start_delimiter: delimiter(pattern.startDelimiter, defaultDelimiters.start),
      end_delimiter: delimiter(pattern.endDelimiter, defaultDelimiters.end),
      must_match: pattern.mustMatch,
      must_not_match: pattern.mustNotMatch,
      custom_pattern_version: switches.reportsVersions ? pattern.version : null,
      created_at: pattern.createdAt.toISOString(),
      updated_at: pattern.updatedAt.toISOString(),
    };
  };

  const list = (request: SimulatedRequest, { patterns }: ScopeState): SimulatedResponse => {
    const state = request.query.get("state");
    const pushProtection = request.query.get("push_protection");
    const wanted = [...patterns.values()].filter(
      (pattern) =>
        (state === null || pattern.state === state) &&
        (pushProtection === null ||
          (pattern.pushProtection === "enabled") === (pushProtection === "enabled")),
    );
    return pageOf(sorted(wanted, request.query).map(wire), request);
  };

  const nameErrors = (name: string, others: string[]) => [
    ...(name === "" ? [{ code: "name" as const, message: "Name can't be blank" }] : []),
    ...(switches.namesAreUnique && others.includes(name)
      ? [{ code: "name" as const, message: "Name has already been taken" }]
      : []),
  ];

  /** All or none. */
  const create = (request: SimulatedRequest, scope: ScopeState): SimulatedResponse => {
    const wanted = bodyOf(request, createBody).patterns.map(({ name, ...given }) => ({
      name,
      content: {
        startDelimiter: defaultDelimiters.start,
        endDelimiter: defaultDelimiters.end,
        mustMatch: [],
        mustNotMatch: [],
        ...contentGiven(given),
        pattern: given.pattern,
      },
    }));
    const room = mostPatterns[scope.organization ? "organization" : "repository"] - scope.patterns.size;
    const names = [...scope.patterns.values()].map(({ name }) => name);
    const errors = wanted.map(({ name, content }, i) => [
      ...(i < room ? [] : [{ code: "unprocessable" as const, message: "Custom pattern limit reached" }]),
      ...nameErrors(name, [...names, ...wanted.slice(0, i).map((other) => other.name)]),
      ...contentErrors(content, switches),
    ]);
    const failed = errors.flatMap((each, i) => (each.length > 0 ? [[i, { errors: each }]] : []));
    if (failed.length > 0)
      throw new Refusal(422, "Validation failed for one or more patterns", {
        body: { validation_errors: Object.fromEntries(failed) },
      });
    const created = wanted.map(({ name, content }) => wire(world.create(scope, name, content)));
    return { status: 201, body: { created_patterns: created } };
  };

  const update = (request: SimulatedRequest, { patterns }: ScopeState): SimulatedResponse => {
    const { custom_pattern_version: version, ...given } = bodyOf(request, updateBody);
    const pattern = patterns.get(Number(request.params.pattern_id));
    if (pattern === undefined) throw notFound();
    const change = contentGiven(given);
    if (Object.keys(change).length === 0) throw invalidRequest("At least one field to update is required.");
    if (!versionMatches(version, pattern, switches)) throw versionMismatch(412, "custom pattern");
    const errors = contentErrors({ ...pattern, ...change }, switches);
    if (errors.length > 0)
      throw invalidFields(
        errors.map(({ code, message }) => ({
          resource: "SecretScanningCustomPattern",
          field: code === "invalid" ? "pattern" : code,
          code: "invalid",
          message,
        })),
      );
    world.edit(pattern, change);
    return { status: 200, body: wire(pattern) };
  };

  /** All or none. */
  const remove = (request: SimulatedRequest, scope: ScopeState): SimulatedResponse => {
    const { patterns: doomed, post_delete_action: alerts } = bodyOf(request, deleteBody);
    for (const { pattern_id: id, custom_pattern_version: version } of doomed) {
      const pattern = scope.patterns.get(id);
      if (pattern === undefined) throw notFound();
      if (!versionMatches(version, pattern, switches)) throw versionMismatch(412, "custom pattern");
    }
    for (const { pattern_id: id } of doomed) world.delete(scope, id, alerts);
    return { status: 204 };
  };

  const endpoints = (base: string, permission: string): Family => {
    const write = (answer: Endpoint["answer"]): Endpoint => ({ needs: "write", permission, answer });
    return {
      [`GET ${base}`]: { needs: "read", permission, answer: list },
      [`POST ${base}`]: write(create),
      [`PATCH ${base}/{pattern_id}`]: write(update),
      [`DELETE ${base}`]: write(remove),
    };
  };
  return {
    ...endpoints("/orgs/{org}/secret-scanning/custom-patterns", "organization_administration"),
    ...endpoints("/repos/{owner}/{repo}/secret-scanning/custom-patterns", switches.repositoryPermission),
  };
};
