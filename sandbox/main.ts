import { OwnTime, startCloud } from "./bindings/index.ts";
import { startGenesys } from "./genesys/index.ts";
import { startGithub } from "./github/index.ts";
import { VirtualClock } from "./runtime/index.ts";
import { startSiem } from "./siem/index.ts";
import { startSlack } from "./slack/index.ts";

/**
 * Serves every simulator in the foreground until Ctrl-C. On standard output stand only lines that a shell can
 * evaluate; everything for people goes to standard error.
 */
const main = async (): Promise<void> => {
  const clock = new VirtualClock({ start: Date.now() });
  const [genesys, github, slack, siem] = await Promise.all([
    startGenesys({ clock: clock.now }),
    startGithub({
      organizations: ["acme"],
      repositories: ["acme/crm-integration", "acme/workforce-sync", "acme/reporting-jobs"],
    }),
    startSlack({ clock: clock.now }),
    startSiem({ clock: clock.now }),
  ]);
  const aws = await startCloud({ clock, genesys, github, slack, siem });
  const time = new OwnTime(clock);
  const environment = {
    ...genesys.environment(),
    ...github.environment(),
    ...slack.environment(),
    ...siem.environment("splunk"),
    ...aws.environment(),
  };
  for (const [name, value] of Object.entries(environment)) console.log(`export ${name}=${value}`);
  console.error(
    `Genesys Cloud at ${genesys.url}, GitHub at ${github.url}, Slack at ${slack.url}, the SIEM at ${siem.url}, AWS at ${aws.aws.url}. Ctrl-C stops them.`,
  );
  console.error(
    `The stack is deployed into this AWS with: guard up --stack sandbox ${aws.bindFlags.join(" ")}`,
  );
  const stop = async (): Promise<void> => {
    await time.stop();
    await Promise.all([genesys, github, slack, siem, aws].map((simulator) => simulator.close()));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
};

await main();
