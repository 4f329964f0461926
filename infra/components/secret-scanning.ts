import { PushProtection, SecretPattern } from "@genesys-credential-guard/providers";
import * as pulumi from "@pulumi/pulumi";
import type { SecretScanningConfig } from "../config/schema.ts";
import { secretPatterns } from "../secret-patterns.ts";

/** GitHub's custom secret patterns, and push protection for those that ask for it. */
export class SecretScanning extends pulumi.ComponentResource {
  /** By logical id. */
  readonly patterns: ReadonlyMap<string, SecretPattern>;

  constructor(name: string, args: SecretScanningConfig, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:SecretScanning", name, {}, opts);
    this.patterns = new Map(
      secretPatterns(args).map((pattern) => [pattern.id, this.#pattern(pattern, args)]),
    );
    this.registerOutputs({});
  }

  #pattern(config: SecretScanningConfig["patterns"][number], args: SecretScanningConfig): SecretPattern {
    const { id, pushProtection, ...pattern } = config;
    const { organization, repository = "" } = args;
    const scope = organization === undefined ? { repository } : { organization };
    const resource = new SecretPattern(id, { scope, ...pattern }, { parent: this });
    if (pushProtection && organization !== undefined) {
      new PushProtection(
        id,
        { organization, patternId: resource.patternId, setting: "enabled" },
        { parent: this },
      );
    }
    return resource;
  }
}
