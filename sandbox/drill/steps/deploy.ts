import { leakPatterns } from "../../../core/leak/patterns/leak-patterns.ts";
import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";

export const withPolicies = ["--policy-pack", "policies"];

/** Changes without a preview of its own: the policies judge all the same. */
export const atOnce = ["--skip-preview", ...withPolicies];

export const deploy: Step<DrillWorld> = {
  title: "guard up: the organisation's credentials are deployed, each judged by the policy pack first",
  run: async ({ guard, genesys, github, aws }) => {
    const before = genesys.world.clients.all().length;
    const { exitCode, output } = await guard("up", ...atOnce);
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
    expect(
      patterns === leakPatterns.length,
      `${leakPatterns.length} secret patterns were declared, ${patterns} were created.`,
    );
    const { registry, cloud } = aws;
    const functions = registry.ofType("aws:lambda/function:Function").length;
    const rotated = registry.ofType("aws:secretsmanager/secretRotation:SecretRotation").length;
    const addresses = registry.ofType("aws:ec2/eip:Eip").map(({ outputs }) => String(outputs.publicIp));
    expect(functions === 8 && rotated === 11, `${functions} functions, ${rotated} rotated secrets.`, output);
    expect(cloud.errors.length === 0, "A function failed.", JSON.stringify(cloud.errors.at(-1)));
    return [
      "12 clients of five teams and 3 decoys created",
      `2 of ${users.all().length} users and 1 of ${queues.all().length} queues are traps`,
      `${integrations.all().length} event subscription, ${credentials.all().length} data action credential`,
      `${patterns} secret patterns in GitHub, unpublished: a person publishes them`,
      `in AWS ${registry.all.length} resources: ${rotated} rotated secrets, ${functions} functions, the addresses ${addresses.join(", ")}`,
      `${genesys.calls.count()} calls to Genesys Cloud, ${github.calls.count()} to GitHub`,
    ].join("\n");
  },
};
