import * as pulumi from "@pulumi/pulumi";
import { tokens } from "../../core/tokens.ts";
import type { PatternState } from "./types.ts";

export interface PushProtectionArgs {
  /** The pattern's organisation: a repository has no push protection of its own. A change replaces the setting. */
  organization: pulumi.Input<string>;
  /** `patternId` of the SecretPattern. A change replaces the setting. */
  patternId: pulumi.Input<string>;
  setting: pulumi.Input<"enabled" | "disabled">;
}

/** A constant: see `oauth-client.ts`. */
const shim: pulumi.dynamic.ResourceProvider = {
  check: (o, n) => require("@genesys-credential-guard/providers/host").pushProtection.check(o, n),
  diff: (i, o, n) => require("@genesys-credential-guard/providers/host").pushProtection.diff(i, o, n),
  create: (n) => require("@genesys-credential-guard/providers/host").pushProtection.create(n),
  read: (i, p) => require("@genesys-credential-guard/providers/host").pushProtection.read(i, p),
  update: (i, o, n) => require("@genesys-credential-guard/providers/host").pushProtection.update(i, o, n),
  delete: (i, p) => require("@genesys-credential-guard/providers/host").pushProtection.delete(i, p),
};

/**
 * Push protection for one custom pattern. It waits until a person has published the pattern: the first `up` after a
 * refresh that sees it published switches the setting. Deleting it switches push protection off.
 * https://docs.github.com/en/rest/secret-scanning/push-protection
 */
export class PushProtection extends pulumi.dynamic.Resource {
  static readonly __pulumiType = tokens.pushProtection;

  /** What GitHub does now; `not-set` while the pattern is unpublished. */
  declare readonly applied: pulumi.Output<"enabled" | "disabled" | "not-set">;
  declare readonly patternState: pulumi.Output<PatternState>;

  constructor(name: string, args: PushProtectionArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shim,
      name,
      {
        ...args,
        applied: undefined,
        patternState: undefined,
      },
      opts,
      "github",
      "PushProtection",
    );
  }
}
