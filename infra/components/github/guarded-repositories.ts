import * as pulumi from "@pulumi/pulumi";
import type { LeakConfig } from "../../config/leak-schema.ts";
import { repositoryName } from "../../config/repositories.ts";
import { GuardedRepository } from "./guarded-repository.ts";
import { ReviewRule } from "./review-rule.ts";

export interface GuardedRepositoriesArgs {
  /** Whose they are, on GitHub. */
  organization: string;
  leak: LeakConfig;
}

/** The repositories of the configuration, once they and what they need are there. */
export class GuardedRepositories extends pulumi.ComponentResource {
  constructor(
    name: string,
    { organization, leak }: GuardedRepositoriesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("guard:index:GuardedRepositories", name, {}, opts);
    const { reviewTeamId, scanWorkflow, deployAppId } = leak;
    const repositories = leak.repositories.map(repositoryName);
    if (reviewTeamId !== undefined && scanWorkflow !== undefined) {
      const guarded = repositories.map(
        (repository) =>
          new GuardedRepository(repository, { organization, repository, scanWorkflow }, { parent: this }),
      );
      new ReviewRule(
        name,
        { repositories, reviewTeamId, deployAppId },
        // Before the rule everybody may commit the first workflow file.
        { parent: this, dependsOn: guarded },
      );
    }
    this.registerOutputs({});
  }
}
