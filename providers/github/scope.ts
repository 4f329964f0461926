import * as v from "valibot";
import type { PatternScope } from "./types.ts";

/** The scope's rules: exactly one of the two, spelled as in GitHub's addresses. */
export const scopeSchema = v.union(
  [
    v.strictObject({
      organization: v.pipe(v.string(), v.regex(/^[\w.-]+$/, "It must be an organization's name")),
    }),
    v.strictObject({
      repository: v.pipe(v.string(), v.regex(/^[\w.-]+\/[\w.-]+$/, "It must be owner/name")),
    }),
  ],
  "It must name one organization, or one repository as owner/name",
);

/** `orgs/NAME` or `repos/OWNER/NAME`, as in GitHub's API. */
export const scopePath = (scope: PatternScope): string =>
  "organization" in scope ? `orgs/${scope.organization}` : `repos/${scope.repository}`;

/** One text for one scope: names on GitHub ignore case. */
export const scopeKey = (scope: PatternScope): string => scopePath(scope).toLowerCase();
