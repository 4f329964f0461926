/**
 * What nobody has documented about GitHub's secret scanning, one switch each. The defaults are what we assume;
 * whoever builds on an assumption proves that the other position does not break it.
 */
export interface Switches {
  /** Answers carry null for a delimiter that is GitHub's own. Assumed: the schema allows null, and says no more. */
  nullDefaultDelimiters: boolean;
  /** A PATCH leaves a published pattern published; else it is a draft until a person publishes it again. */
  editStaysPublished: boolean;
  /** A PATCH of a published pattern closes its open alerts as `pattern_edited`, as an edit in the settings does. */
  editClosesAlerts: boolean;
  /** The API takes no more than 5 `must_match` and 5 `must_not_match` rules, as the settings do. */
  limitsMatchRules: boolean;
  /** `(?i)` and its like are refused, as the reference says; GitHub's own published patterns use them. */
  rejectsModifiers: boolean;
  /** A bounded gap before the secret, `[^x]{0,40}`, is "too large": so says Hyperscan with start of match on. */
  rejectsBoundedGaps: boolean;
  /** A scope takes no second pattern of the same name. */
  namesAreUnique: boolean;
  /** Publishing a pattern gives it a new version. */
  publishChangesVersion: boolean;
  /** Switching push protection gives the pattern a new version. */
  settingChangesPatternVersion: boolean;
  /** Answers carry `custom_pattern_version`; else null, and null is what a write has to send. */
  reportsVersions: boolean;
  /** A write that sends null as version is not compared. */
  nullVersionMatchesAny: boolean;
  /** The `token_type` of a custom pattern is `cp_` and its id; else another number. */
  tokenTypeIsPatternId: boolean;
  /** The pattern configurations list unpublished patterns too. */
  configuresUnpublished: boolean;
  /** What `X-Accepted-GitHub-Permissions` calls the permission for a repository's patterns. */
  repositoryPermission: "administration" | "secret_scanning_alerts";
  /** What an alert gives as `secret_type` for a custom pattern. */
  secretType: "slug" | "tokenType" | "name";
  /** A PATCH of an alert may say `validity` though its pattern is a custom one; else 422. */
  takesOwnValidity: boolean;
  /** `end_column` is the column behind the secret; else that of its last byte. */
  endColumnIsExclusive: boolean;
  /** The first location of an alert is told by an event of its own too, as further ones are. */
  tellsFirstLocation: boolean;
  /** The status code of a delivery that nobody answered. */
  unansweredStatusCode: 0 | 502 | 504;
}

export const assumedSwitches: Switches = {
  nullDefaultDelimiters: true,
  editStaysPublished: true,
  editClosesAlerts: true,
  limitsMatchRules: true,
  rejectsModifiers: true,
  rejectsBoundedGaps: true,
  namesAreUnique: true,
  publishChangesVersion: true,
  settingChangesPatternVersion: true,
  reportsVersions: true,
  nullVersionMatchesAny: true,
  tokenTypeIsPatternId: true,
  configuresUnpublished: false,
  repositoryPermission: "administration",
  secretType: "slug",
  takesOwnValidity: false,
  endColumnIsExclusive: true,
  tellsFirstLocation: false,
  unansweredStatusCode: 502,
};
