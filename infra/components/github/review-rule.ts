import { OrganizationRuleset } from "@pulumi/github/organizationRuleset.js";
import * as pulumi from "@pulumi/pulumi";
import { guardedFiles } from "../../repository-files.ts";

export interface ReviewRuleArgs {
  /** Names of the repositories, without their owner. */
  repositories: readonly string[];
  /** GitHub's number of the team that reviews. */
  reviewTeamId: number;
  /** GitHub's number of the App that deploys, where one does. */
  deployAppId: number | undefined;
}

/**
 * Has the security team review whatever could switch scanning off. A review is part of a pull request: so the default
 * branch takes nothing else, but from whoever deploys this stack, since it commits the workflow files. That is an App,
 * or an owner of the organisation, who could lift the rule anyway.
 * https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
 */
export class ReviewRule extends pulumi.ComponentResource {
  constructor(name: string, args: ReviewRuleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:ReviewRule", name, {}, opts);
    const { repositories, reviewTeamId, deployAppId } = args;
    new OrganizationRuleset(
      name,
      {
        name: "Credential guard: security reviews what switches scanning off",
        target: "branch",
        enforcement: "active",
        conditions: {
          refName: { includes: ["~DEFAULT_BRANCH"], excludes: [] },
          repositoryName: { includes: [...repositories], excludes: [] },
        },
        bypassActors: [
          deployAppId === undefined
            ? { actorType: "OrganizationAdmin", actorId: 1, bypassMode: "always" }
            : { actorType: "Integration", actorId: deployAppId, bypassMode: "always" },
        ],
        rules: {
          pullRequest: {
            requiredApprovingReviewCount: 0,
            dismissStaleReviewsOnPush: true,
            requiredReviewers: [
              {
                filePatterns: Object.values(guardedFiles),
                minimumApprovals: 1,
                reviewer: { type: "Team", id: reviewTeamId },
              },
            ],
          },
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
