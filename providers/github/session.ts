import pLimit from "p-limit";
import type { CustomPattern, GithubApi, PatternConfigurations } from "../../apis/github/api.ts";
import { createListing, type Listing } from "../dynamic/listing.ts";
import { scopeKey } from "./scope.ts";
import type { PatternScope } from "./types.ts";

/**
 * What the GitHub providers share during one run of the engine: the client, and what was read with it once for
 * all of them. One process of the engine's host is one session.
 */
export interface GithubSession {
  readonly api: GithubApi;
  /** The patterns of a scope; whoever writes drops them. GitHub has no call for a single one. */
  patterns(scope: PatternScope): Listing<CustomPattern>;
  /** The patterns of a scope as they are now: includes whatever was done before this call. */
  patternsNow(scope: PatternScope): Promise<readonly CustomPattern[]>;
  /** The pattern configurations of an organisation, a list of one; whoever writes drops them. */
  configurations(organization: string): Listing<PatternConfigurations>;
  /** Runs changes of pattern configurations one by one: those of an organisation share one version. */
  configuring<T>(change: () => Promise<T>): Promise<T>;
}

/** One listing a key. */
const listings = <K, T>(keyOf: (of: K) => string, list: (of: K) => Promise<T[]>) => {
  const made = new Map<string, Listing<T>>();
  return (of: K): Listing<T> => {
    const listing = made.get(keyOf(of)) ?? createListing(() => list(of));
    made.set(keyOf(of), listing);
    return listing;
  };
};

/** A session; makes no call until one is needed. */
export const createGithubSession = (api: GithubApi): GithubSession => {
  const patterns = listings(scopeKey, (scope: PatternScope) => api.customPatterns.list(scope));
  return {
    api,
    patterns,
    patternsNow: (scope) => {
      patterns(scope).drop();
      return patterns(scope).get();
    },
    configurations: listings(
      (organization: string) => organization.toLowerCase(),
      async (organization) => [await api.patternConfigurations.get(organization)],
    ),
    configuring: pLimit(1),
  };
};
