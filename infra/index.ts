import { EventSubscription, IpAllowlist, Role } from "@genesys-credential-guard/providers";
import * as pulumi from "@pulumi/pulumi";
import { DataActions } from "./components/data-actions.ts";
import { SecretScanning } from "./components/secret-scanning.ts";
import { Team } from "./components/team.ts";
import { Traps } from "./components/traps.ts";
import { loadConfig } from "./load-config.ts";
import { stackOutputs } from "./outputs.ts";

const config = loadConfig();
const { protect } = config;

const roles = new Map(config.roles.map(({ id, ...role }) => [role.name, new Role(id, role)]));

const allowlistEnforcement = config.allowlist?.fromClients === true ? "organisation" : "declared";
const clients = new Map(
  [...Map.groupBy(config.clients, (client) => client.team)].flatMap(([team, members]) => [
    ...new Team(team, { clients: members, roles, allowlistEnforcement, protect }).clients,
  ]),
);

const traps = new Traps("traps", {
  decoys: config.decoys,
  users: config.trapUsers,
  queues: config.trapQueues,
  roles,
  protect,
});

new DataActions("data-actions", { credentials: config.dataActionCredentials, clients });

const events = config.events && new EventSubscription("events", config.events);

const allowlist =
  config.allowlist &&
  new IpAllowlist("organisation", {
    entries: [
      ...new Set([
        ...config.allowlist.entries,
        ...(config.allowlist.fromClients ? config.clients.flatMap((client) => client.allowedIps) : []),
      ]),
    ],
    egress: config.egress,
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

export default stackOutputs({ config, clients, traps, events, allowlist, scanning });
