import { OwnTime, startCloud } from "./bindings/index.ts";
import { startGenesys } from "./genesys/index.ts";
import { startGithub } from "./github/index.ts";
import { VirtualClock } from "./runtime/index.ts";

/**
 * Serves every simulator in the foreground until Ctrl-C. On standard output stand only lines that a shell can
 * evaluate; everything for people goes to standard error.
 */
const main = async (): Promise<void> => {
  const clock = new VirtualClock({ start: Date.now() });
  const [genesys, github] = await Promise.all([
    startGenesys({ clock: clock.now }),
    startGithub({ organizations: ["acme"] }),
  ]);
  const aws = await startCloud({ clock, genesys });
  const time = new OwnTime(clock);
  const environment = { ...genesys.environment(), ...github.environment(), ...aws.environment() };
  for (const [name, value] of Object.entries(environment)) console.log(`export ${name}=${value}`);
  console.error(
    `Genesys Cloud at ${genesys.url}, GitHub at ${github.url}, AWS at ${aws.aws.url}. Ctrl-C stops them.`,
  );
  console.error(
    `The stack is deployed into this AWS with: guard up --stack sandbox ${aws.bindFlags.join(" ")}`,
  );
  const stop = async (): Promise<void> => {
    await time.stop();
    await Promise.all([genesys.close(), github.close(), aws.close()]);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
};

await main();
