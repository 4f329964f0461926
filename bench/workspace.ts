import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stringify } from "yaml";
import { type GuardRun, runGuard } from "../sandbox/drill/guard.ts";
import { type GenesysOptions, type GenesysSimulator, startGenesys } from "../sandbox/genesys/index.ts";

const project = "genesys-credential-guard";
const clientsPerTeam = 60;

/** A stack of `count` clients that hold one role, against a simulator of its own. */
export interface Workspace {
  genesys: GenesysSimulator;
  configFile: string;
  environment: Record<string, string>;
  /** `guard VERB` on that stack; throws with its output if it fails. */
  guard(verb: string, ...flags: string[]): Promise<GuardRun>;
  close(): Promise<void>;
}

const configuration = (count: number) => ({
  config: {
    [`${project}:region`]: "us-east-1",
    [`${project}:protect`]: false,
    [`${project}:roles`]: [{ id: "reader", name: "Reader", permissions: ["routing:queue:view"] }],
    [`${project}:clients`]: Array.from({ length: count }, (_, index) => ({
      id: `client-${index}`,
      name: `Client ${index}`,
      team: `team-${Math.floor(index / clientsPerTeam)}`,
      accessTokenValiditySeconds: 3600,
      roles: ["Reader"],
      allowedIps: ["52.204.1.0/24"],
    })),
  },
});

export const openWorkspace = async (count: number, options: GenesysOptions): Promise<Workspace> => {
  const folder = mkdtempSync(join(tmpdir(), "guard-bench-"));
  const genesys = await startGenesys({ ...options, clientQuota: count + 10 });
  const configFile = join(folder, "Pulumi.sandbox.yaml");
  writeFileSync(configFile, stringify(configuration(count)));
  const environment = {
    ...genesys.environment(),
    PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: randomBytes(24).toString("base64url"),
  };
  return {
    genesys,
    configFile,
    environment,
    guard: async (verb, ...flags) => {
      const run = await runGuard(
        [verb, "--stack", "sandbox", "--config-file", configFile, ...flags],
        environment,
      );
      if (run.exitCode !== 0) throw new Error(`guard ${verb} failed:\n${run.output}`);
      return run;
    },
    close: async () => {
      await genesys.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
