import { EventSubscription, IpAllowlist, Role } from "@genesys-credential-guard/providers";
import * as pulumi from "@pulumi/pulumi";
import { DataActions } from "./components/data-actions.ts";
import { SecretScanning } from "./components/secret-scanning.ts";
import { Teams } from "./components/teams.ts";
import { Traps } from "./components/traps.ts";
import type { GuardConfig } from "./config.ts";
import { loadConfig } from "./load-config.ts";
import { stackOutputs } from "./outputs.ts";

/** What `runtime: aws` adds. Whoever does without does not wait for the SDK of AWS either. */
const awsComponents = async ({ aws }: GuardConfig) =>
  aws && { aws, ...(await import("./components/aws/index.ts")) };

/** The program: what is declared here, and nothing else, becomes the stack. */
const program = async () => {
  const config = loadConfig();
  const { protect } = config;

  const roles = new Map(config.roles.map(({ id, ...role }) => [role.name, new Role(id, role)]));

  const cloud = await awsComponents(config);
  const foundation =
    cloud && new cloud.Foundation("foundation", { aws: cloud.aws, clients: config.clients, protect });
  const egress = { ...config.egress, ...foundation?.addresses };

  const teams = new Teams({ config, roles, home: foundation?.home });
  const rotation =
    cloud &&
    foundation &&
    new cloud.Rotation(
      "rotation",
      { aws: cloud.aws, foundation, region: config.region, credentials: teams.rotated },
      { providers: [foundation.provider] },
    );

  const traps = new Traps("traps", {
    decoys: config.decoys,
    users: config.trapUsers,
    queues: config.trapQueues,
    roles,
    protect,
  });

  new DataActions("data-actions", { credentials: config.dataActionCredentials, clients: teams.clients });

  const events = config.events && new EventSubscription("events", config.events);

  const allowlist =
    config.allowlist &&
    new IpAllowlist("organisation", {
      entries: [
        ...new Set([
          ...config.allowlist.entries,
          ...(config.allowlist.fromClients ? config.clients.flatMap((client) => client.allowedIps) : []),
          // The functions must not lock themselves out.
          ...Object.keys(foundation?.addresses ?? {}).map((name) => `egress:${name}`),
        ]),
      ],
      egress,
      callerAddresses: config.allowlist.callerAddresses,
      adoptId: config.allowlist.takeOver ? "organization" : undefined,
    });
  if (allowlist !== undefined && config.decoys.length > 0) {
    void pulumi.log.warn(
      "The organisation's allowlist keeps strangers away from the decoys too: a stolen decoy used from elsewhere is " +
        "refused by the platform and, as far as is known, not reported. Weigh one against the other.",
      allowlist,
    );
  }

  const scanning = config.secretScanning && new SecretScanning("secret-scanning", config.secretScanning);

  const organization = config.secretScanning?.organization;
  const leaks =
    cloud?.aws.leak &&
    organization &&
    foundation &&
    rotation &&
    new cloud.LeakAnswer(
      "leaks",
      {
        leak: cloud.aws.leak,
        organization,
        foundation,
        rotation,
        clients: config.clients,
        declared: teams.clients,
        decoys: traps.decoys,
        patterns: scanning?.patterns ?? new Map(),
        logRetentionDays: cloud.aws.functions.logRetentionDays,
        protect,
      },
      { providers: [foundation.provider] },
    );

  return stackOutputs({
    config,
    teams,
    foundation,
    rotation,
    leaks: leaks || undefined,
    traps,
    events,
    allowlist,
    scanning,
  });
};

export default program;
