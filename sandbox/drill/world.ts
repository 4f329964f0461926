import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type CloudSimulator, OwnTime, startCloud } from "../bindings/index.ts";
import { type GenesysSimulator, startGenesys } from "../genesys/index.ts";
import { type GithubSimulator, startGithub } from "../github/index.ts";
import { VirtualClock } from "../runtime/index.ts";
import { createSiem, type Siem } from "../siem/index.ts";
import { createSlack, type SlackWorkspace } from "../slack/index.ts";
import { type GuardRun, runGuard } from "./guard.ts";
import { StackFile } from "./stack-file.ts";

/** Everything a drill plays with; nothing of it outlives `close`. */
export interface DrillWorld {
  genesys: GenesysSimulator;
  github: GithubSimulator;
  slack: SlackWorkspace;
  siem: Siem;
  /** The AWS account, on the same clock as Genesys Cloud. */
  aws: CloudSimulator;
  clock: VirtualClock;
  /** Lets so much time pass at once, with everything that happens meanwhile. */
  letPass(milliseconds: number): Promise<void>;
  stack: StackFile;
  /** Where the state lies. */
  stateFolder: string;
  /** Where every output of `guard` lies, a file for each run. */
  printedFolder: string;
  /** The file that names every secret which the simulators have handed out. */
  issuedSecrets: string;
  /** `guard VERB --stack sandbox ...`. */
  guard(verb: string, ...flags: string[]): Promise<GuardRun>;
  close(): Promise<void>;
}

export const startDrillWorld = async (): Promise<DrillWorld> => {
  const folder = mkdtempSync(join(tmpdir(), "guard-drill-"));
  const issuedSecrets = join(folder, "issued-secrets");
  process.env.SANDBOX_ISSUED_SECRETS = issuedSecrets;
  const clock = new VirtualClock({ start: Date.now() });
  const genesys = await startGenesys({ clock: clock.now });
  const github = await startGithub({
    organizations: ["acme"],
    repositories: ["acme/crm-integration", "acme/workforce-sync", "acme/reporting-jobs"],
    now: clock.now,
    timers: clock,
    deliver: (url, headers, rawBody) => aws.deliver(url, headers, rawBody),
  });
  const slack = createSlack({ clock: clock.now });
  for (const name of ["security-alerts", "engineering"]) slack.world.addChannel(name);
  const siem = createSiem({ clock: clock.now });
  const aws = await startCloud({ clock, genesys, github, slack, siem });
  const time = new OwnTime(clock);
  const stack = new StackFile(folder);
  const stateFolder = join(folder, "state");
  const printedFolder = join(folder, "printed");
  mkdirSync(printedFolder);
  const operationFlags = ["--config-file", stack.path, ...aws.bindFlags];
  let runs = 0;
  const environment = {
    ...genesys.environment(),
    ...github.environment(),
    ...aws.environment(),
    PULUMI_BACKEND_URL: pathToFileURL(stateFolder).href,
    PULUMI_CONFIG_PASSPHRASE: randomBytes(24).toString("base64url"),
  };
  return {
    genesys,
    github,
    slack,
    siem,
    aws,
    clock,
    letPass: (milliseconds) => time.jump(milliseconds),
    stack,
    stateFolder,
    printedFolder,
    issuedSecrets,
    guard: async (verb, ...flags) => {
      const run = await runGuard(
        [verb, "--stack", "sandbox", ...(verb === "outputs" ? [] : operationFlags), ...flags],
        environment,
      );
      runs += 1;
      writeFileSync(join(printedFolder, `${runs}-${verb}.txt`), run.output);
      return run;
    },
    close: async () => {
      await time.stop();
      await Promise.all([genesys.close(), github.close(), aws.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
