import * as pulumi from "@pulumi/pulumi";
import { tokens } from "../../core/tokens.ts";
import type { PatternScope, PatternState } from "./types.ts";

export interface SecretPatternArgs {
  /** Where the pattern lives. A change replaces it. */
  scope: pulumi.Input<PatternScope>;
  /** Unique in its scope. A change replaces the pattern: the API has no rename. */
  name: pulumi.Input<string>;
  pattern: pulumi.Input<string>;
  /** Default: GitHub's own, `\\A|[^0-9A-Za-z]`. */
  startDelimiter?: pulumi.Input<string | undefined>;
  /** Default: GitHub's own, `\\z|[^0-9A-Za-z]`. */
  endDelimiter?: pulumi.Input<string | undefined>;
  /** At most 5. */
  mustMatch?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** At most 5. */
  mustNotMatch?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** Id of an existing pattern to take over instead of creating one. */
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

/** A custom pattern of GitHub secret scanning. */
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
