import type { components, operations } from "@octokit/openapi-types";

type Schemas = components["schemas"];
type JsonBody<Operation extends { requestBody: { content: { "application/json": unknown } } }> =
  Operation["requestBody"]["content"]["application/json"];

/** https://docs.github.com/en/rest/secret-scanning/custom-patterns */
export type CustomPattern = Schemas["secret-scanning-custom-pattern"];
export type CustomPatternToCreate = Schemas["secret-scanning-custom-pattern-to-create"];
/** `custom_pattern_version` and at least one other field. There is no rename. */
export type CustomPatternToUpdate = Schemas["secret-scanning-custom-pattern-to-update"];
export type CustomPatternToDelete = Schemas["secret-scanning-custom-pattern-to-delete"];
/** https://docs.github.com/en/rest/secret-scanning/push-protection */
export type PatternConfigurations = Schemas["secret-scanning-pattern-configuration"];
export type PatternOverride = Schemas["secret-scanning-pattern-override"];
export type PatternConfigurationsUpdate = JsonBody<operations["secret-scanning/update-org-pattern-configs"]>;

/** Where custom patterns live. `repository` is `owner/name`. */
export type Scope = { organization: string } | { repository: string };

/** What becomes of a deleted pattern's alerts: `delete_alerts` destroys the evidence. */
export type PostDeleteAction = NonNullable<
  JsonBody<operations["secret-scanning/bulk-delete-org-custom-patterns"]>["post_delete_action"]
>;

/** Whether a repository is scanned; undefined where GitHub does not say, because the token is no administrator's. */
export interface RepositoryScanning {
  scanning: "enabled" | "disabled" | undefined;
  pushProtection: "enabled" | "disabled" | undefined;
}

/** Every call throws one of the errors of `errors.ts`; a list is complete over all pages. */
export interface GithubApi {
  readonly customPatterns: {
    /** Published and unpublished ones. There is no call for a single pattern. */
    list(scope: Scope): Promise<CustomPattern[]>;
    /** New patterns are `unpublished` until a person publishes them in GitHub's settings. */
    create(scope: Scope, patterns: CustomPatternToCreate[]): Promise<CustomPattern[]>;
    /** A `VersionConflictError` says that the pattern has changed since `custom_pattern_version` was read. */
    update(scope: Scope, patternId: number, patch: CustomPatternToUpdate): Promise<CustomPattern>;
    /** At most 500 at once. */
    delete(scope: Scope, patterns: CustomPatternToDelete[], alerts: PostDeleteAction): Promise<void>;
  };
  /** `repository` is `owner/name`. */
  readonly repositoryScanning: {
    get(repository: string): Promise<RepositoryScanning>;
    /** Switches both on and tells what there is then. An InvalidRequestError says that the plan does not have it. */
    enable(repository: string): Promise<RepositoryScanning>;
  };
  /** Organisations only: a repository has no such setting of its own. */
  readonly patternConfigurations: {
    get(organization: string): Promise<PatternConfigurations>;
    /** A `VersionConflictError` says that the configuration has changed since `pattern_config_version` was read. */
    update(
      organization: string,
      patch: PatternConfigurationsUpdate,
    ): Promise<{ pattern_config_version?: string }>;
  };
}
