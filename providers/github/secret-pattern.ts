import * as pulumi from "@pulumi/pulumi";
import { tokens } from "../../core/tokens.ts";
import type { PatternScope, PatternState } from "./types.ts";

export interface SecretPatternArgs {
  /** Where the pattern lives: at most 500 in an organisation, 100 in a repository. A change replaces it. */
  scope: pulumi.Input<PatternScope>;
  /** Unique in its scope. A change replaces the pattern: the API has no rename. */
  name: pulumi.Input<string>;
  /**
   * The secret itself, in the dialect of Hyperscan: no look-around, back-references, atomic groups, possessive
   * quantifiers, option modifiers or `\\Z`. The same holds for the delimiters and the rules.
   * https://docs.github.com/en/code-security/reference/secret-security/custom-patterns
   */
  pattern: pulumi.Input<string>;
  /** What comes before the secret. Default: GitHub's own, `\\A|[^0-9A-Za-z]`. */
  startDelimiter?: pulumi.Input<string | undefined>;
  /** What comes after the secret. Default: GitHub's own, `\\z|[^0-9A-Za-z]`. */
  endDelimiter?: pulumi.Input<string | undefined>;
  /** What the secret must match as well, in any order. At most 5. */
  mustMatch?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** What the secret must not match, in any order. At most 5. */
  mustNotMatch?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /**
   * Number of an existing pattern of this name to take over instead of creating one. Read when the resource is
   * created, ignored afterwards.
   */
  adoptId?: pulumi.Input<string | undefined>;
}

/** A constant: see `oauth-client.ts`. */
const shim: pulumi.dynamic.ResourceProvider = {
  check: (o, n) => require("@genesys-credential-guard/providers/host").secretPattern.check(o, n),
  diff: (i, o, n) => require("@genesys-credential-guard/providers/host").secretPattern.diff(i, o, n),
  create: (n) => require("@genesys-credential-guard/providers/host").secretPattern.create(n),
  read: (i, p) => require("@genesys-credential-guard/providers/host").secretPattern.read(i, p),
  update: (i, o, n) => require("@genesys-credential-guard/providers/host").secretPattern.update(i, o, n),
  delete: (i, p) => require("@genesys-credential-guard/providers/host").secretPattern.delete(i, p),
};

/**
 * A custom pattern of GitHub secret scanning. A change of its content closes the open alerts of a published pattern;
 * deleting it closes them too, and keeps them as evidence.
 */
export class SecretPattern extends pulumi.dynamic.Resource {
  static readonly __pulumiType = tokens.secretPattern;

  declare readonly name: pulumi.Output<string>;
  declare readonly patternId: pulumi.Output<string>;
  declare readonly slug: pulumi.Output<string>;
  /** `unpublished` until a person has published it in GitHub's settings: no API does that. */
  declare readonly state: pulumi.Output<PatternState>;
  declare readonly version: pulumi.Output<string | undefined>;

  constructor(name: string, args: SecretPatternArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shim,
      name,
      {
        ...args,
        patternId: undefined,
        slug: undefined,
        state: undefined,
        version: undefined,
      },
      opts,
      "github",
      "SecretPattern",
    );
  }
}
