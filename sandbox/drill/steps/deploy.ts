import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";

export const withPolicies = ["--policy-pack", "policies"];

export const deploy: Step<DrillWorld> = {
  title: "guard up: the organisation's credentials are deployed, each judged by the policy pack first",
  run: async ({ guard, genesys, github }) => {
    const before = genesys.world.clients.all().length;
    const { exitCode, output } = await guard("up", "--yes", ...withPolicies);
    expect(exitCode === 0, "The deployment failed.", output);
    const { clients, users, queues, integrations, credentials } = genesys.world;
    const made = clients.all().length - before;
    expect(made === 15, `15 clients were declared, ${made} were created.`, output);
    expect(
      users.all().some(({ name }) => name === "System Backup"),
      "The trap user System Backup is missing.",
    );
    expect(
      clients.all().some(({ name }) => name === "Legacy CRM Sync"),
      "The decoy Legacy CRM Sync is missing.",
    );
    const patterns = github.world.patterns().length;
    expect(patterns === 2, `2 secret patterns were declared, ${patterns} were created.`);
    return [
      "12 clients of five teams and 3 decoys created",
      `2 of ${users.all().length} users and 1 of ${queues.all().length} queues are traps`,
      `${integrations.all().length} event subscription, ${credentials.all().length} data action credential`,
      "2 secret patterns in GitHub, unpublished: a person publishes them",
      `${genesys.calls.count()} calls to Genesys Cloud, ${github.calls.count()} to GitHub`,
    ].join("\n");
  },
};
