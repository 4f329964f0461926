import { RepositoryScanning } from "@genesys-credential-guard/providers";
import { RepositoryDependabotSecurityUpdates } from "@pulumi/github/repositoryDependabotSecurityUpdates.js";
import { RepositoryFile } from "@pulumi/github/repositoryFile.js";
import { RepositoryVulnerabilityAlerts } from "@pulumi/github/repositoryVulnerabilityAlerts.js";
import * as pulumi from "@pulumi/pulumi";
import { guardedFiles, workflowText } from "../../repository-files.ts";

export interface GuardedRepositoryArgs {
  organization: string;
  /** Without its owner. */
  repository: string;
  /** OWNER/NAME/.github/workflows/FILE@COMMIT. */
  scanWorkflow: string;
}

/**
 * What a repository with an integration's code has: GitHub's scan for secrets, which stops pushes that hold one, updates
 * of packages with known holes, and our own scan of every push. The repository itself stays whose it is: the plugin's
 * resource for these settings would take over all of it.
 */
export class GuardedRepository extends pulumi.ComponentResource {
  readonly workflow: RepositoryFile;

  constructor(name: string, args: GuardedRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:GuardedRepository", name, {}, opts);
    const { organization, repository, scanWorkflow } = args;
    const child = { parent: this };
    new RepositoryScanning(name, { repository: `${organization}/${repository}` }, child);
    const alerts = new RepositoryVulnerabilityAlerts(name, { repository, enabled: true }, child);
    new RepositoryDependabotSecurityUpdates(
      name,
      { repository, enabled: true },
      { ...child, dependsOn: [alerts] },
    );
    this.workflow = new RepositoryFile(
      name,
      {
        repository,
        file: guardedFiles.workflow,
        content: workflowText(scanWorkflow),
        commitMessage: "Scan every push for leaked credentials",
      },
      child,
    );
    this.registerOutputs({});
  }
}
