type Body = () => Promise<void>;

/** A behaviour of GitHub that its own documentation states. */
export const verified = (source: string, sentence: string, body: Body): void =>
  test(`${sentence} [verified: ${source}]`, body);

/** A behaviour that GitHub documents nowhere: the sandbox's choice. */
export const assumed = (sentence: string, body: Body): void => test(`${sentence} [assumed]`, body);

export const sources = {
  patterns: "docs.github.com/en/rest/secret-scanning/custom-patterns",
  pushProtection: "docs.github.com/en/rest/secret-scanning/push-protection",
  reference: "docs.github.com/en/code-security/reference/secret-security/custom-patterns",
  managing:
    "docs.github.com/en/code-security/secret-scanning/using-advanced-secret-scanning-and-push-protection-features/custom-patterns/managing-custom-patterns",
  openapi: "@octokit/openapi-types 29.0.1",
  changelog:
    "github.blog/changelog/2026-07-13-create-and-manage-secret-scanning-custom-patterns-via-rest-api",
  rateLimits: "docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api",
  pagination: "docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api",
  gettingStarted: "docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api",
} as const;
