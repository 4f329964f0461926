import { startGenesys } from "./genesys/index.ts";
import { startGithub } from "./github/index.ts";

/**
 * Serves every simulator in the foreground until Ctrl-C. On standard output stand only lines that a shell can
 * evaluate; everything for people goes to standard error.
 */
const main = async (): Promise<void> => {
  const [genesys, github] = await Promise.all([startGenesys(), startGithub()]);
  const environment = { ...genesys.environment(), ...github.environment() };
  for (const [name, value] of Object.entries(environment)) console.log(`export ${name}=${value}`);
  console.error(`Genesys Cloud at ${genesys.url}, GitHub at ${github.url}. Ctrl-C stops them.`);
  const stop = async (): Promise<void> => {
    await Promise.all([genesys.close(), github.close()]);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
};

await main();
