import type { CustomPattern } from "../../apis/github/api.ts";
import { ProviderError } from "../genesys/errors.ts";
import { scopePath } from "./scope.ts";
import type { PatternScope } from "./types.ts";

const nameOf = (scope: PatternScope, { name, id }: CustomPattern): string =>
  `The custom pattern ${JSON.stringify(name)} of ${scopePath(scope)} (${id})`;

/** A pattern of the declared name is there, and nothing shows that it is this stack's. */
export class PatternExistsError extends ProviderError {
  readonly code = "pattern-exists";

  constructor(scope: PatternScope, found: CustomPattern, difference: string) {
    super(
      `${nameOf(scope, found)} exists already and ${difference}. If it is to become this resource, set adoptId: "${found.id}"; else declare another name.`,
    );
  }
}

/** The pattern is not what it was at the last deployment. Nothing was overwritten. */
export class PatternChangedError extends ProviderError {
  readonly code = "pattern-changed";

  constructor(scope: PatternScope, found: CustomPattern, what: string, cause?: unknown) {
    super(
      `${nameOf(scope, found)} was ${what} by someone else since the last refresh; nothing was overwritten. Run pulumi refresh, review the difference with pulumi preview, then run pulumi up. Changing a published pattern closes its open alerts.`,
      cause,
    );
  }
}

/** The pattern was deleted by somebody else. */
export class PatternGoneError extends ProviderError {
  readonly code = "pattern-gone";

  constructor(scope: PatternScope, what: string, cause?: unknown) {
    super(
      `${scopePath(scope)} has no custom pattern ${what} any more. Run pulumi refresh, then pulumi up creates it again.`,
      cause,
    );
  }
}

/** GitHub does not tell whether the repository is scanned, or goes on not scanning it. */
export class NotScannedError extends ProviderError {
  readonly code = "not-scanned";

  constructor(repository: string, setting: string, state: string | undefined) {
    super(
      state === undefined
        ? `GitHub does not say whether ${setting} is on in ${repository}. Give the token in GITHUB_TOKEN the right to administer the repository.`
        : `GitHub leaves ${setting} of ${repository} ${state}. Check that the organisation has Secret Protection and that no policy of the enterprise forbids it, then run pulumi up again.`,
    );
  }
}

/** The organisation's pattern configurations do not say how to name the pattern in a change. */
export class NotConfigurableError extends ProviderError {
  readonly code = "not-configurable";

  constructor(organization: string, found: CustomPattern) {
    super(
      `${nameOf({ organization }, found)} is published, and the organisation's pattern configurations do not show which entry is its own. Run pulumi up again in some minutes; if it stays, switch push protection in the organisation's settings.`,
    );
  }
}
