import * as pulumi from "@pulumi/pulumi";
import { tokens } from "../../core/tokens.ts";

export interface RepositoryScanningArgs {
  /** `owner/name`. A change replaces the resource. */
  repository: pulumi.Input<string>;
}

/** A constant: see `oauth-client.ts`. */
const shim: pulumi.dynamic.ResourceProvider = {
  check: (o, n) => require("@genesys-credential-guard/providers/host").repositoryScanning.check(o, n),
  diff: (i, o, n) => require("@genesys-credential-guard/providers/host").repositoryScanning.diff(i, o, n),
  create: (n) => require("@genesys-credential-guard/providers/host").repositoryScanning.create(n),
  read: (i, p) => require("@genesys-credential-guard/providers/host").repositoryScanning.read(i, p),
  update: (i, o, n) => require("@genesys-credential-guard/providers/host").repositoryScanning.update(i, o, n),
  delete: (i, p) => require("@genesys-credential-guard/providers/host").repositoryScanning.delete(i, p),
};

/**
 * Secret scanning and push protection of one repository, both on, and nothing else of it. Deleting the resource leaves
 * them on: a repository is not made less safe by being left alone.
 * https://docs.github.com/en/rest/repos/repos#update-a-repository (`security_and_analysis`)
 */
export class RepositoryScanning extends pulumi.dynamic.Resource {
  static readonly __pulumiType = tokens.repositoryScanning;

  declare readonly repository: pulumi.Output<string>;
  declare readonly scanning: pulumi.Output<"enabled" | "disabled">;
  declare readonly pushProtection: pulumi.Output<"enabled" | "disabled">;

  constructor(name: string, args: RepositoryScanningArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shim,
      name,
      {
        ...args,
        scanning: undefined,
        pushProtection: undefined,
      },
      opts,
      "github",
      "RepositoryScanning",
    );
  }
}
