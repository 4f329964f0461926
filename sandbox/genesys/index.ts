/**
 * Genesys Cloud's Platform API on this machine, with its token endpoint on the same origin. One file a family of
 * operations; a new family is a file like `queues.ts` and a line in `operations.ts`. The head of each says what is
 * verified, by which source, and what is assumed. What nobody documents is a switch (`switches.ts`).
 *
 * State of 2026-11-21, vendor SDK 262.0.0.
 * - By design: no person can log in, so only client credentials get tokens; people act through `world`, which also
 *   holds every secret. All callers on this machine have one public address (`callerAddress`), since the platform
 *   takes no private ones; X-Forwarded-For says another. Lag is counted in reads, never in seconds. Fields that mean
 *   nothing here are kept and given back.
 * - Gaps: permissions are checked without regard to the division of the object; resource conditions of policies;
 *   licences; groups; groups and rules of queues; user search beyond AND of exact, prefix and substring; the scopes
 *   of tokens; notifications, processes and the delivery of events; `/tokens`; data actions; default roles are six of
 *   many; `lastTokenIssued` and `dateLastLogin` of users; sorting, `expand` and cursors of most lists.
 * - Of clients: the JavaScript SDK 262 and the Python SDK 269 reach the simulator through their gateway settings; the
 *   first rejects with the error body itself. The Terraform provider 1.84 lists clients page by page, and gets page 1
 *   every time.
 */
import { randomUUID } from "node:crypto";
import { type Simulator, startSimulator } from "../http/server.ts";
import { errorBody } from "./errors.ts";
import { operations } from "./operations.ts";
import type { GenesysOptions } from "./options.ts";
import { Platform } from "./platform.ts";
import { seedWorld } from "./seed.ts";
import { defaultSwitches, type GenesysSwitches } from "./switches.ts";
import { tokenEndpoint } from "./tokens.ts";
import { GenesysWorld } from "./world.ts";

export type { GenesysOptions, Lag } from "./options.ts";
export type { Snapshot } from "./snapshot.ts";
export { defaultSwitches, type GenesysSwitches } from "./switches.ts";
export type { GenesysWorld } from "./world.ts";

export interface GenesysSimulator extends Simulator {
  world: GenesysWorld;
  /** Live: a test may turn a switch while the simulator runs. */
  switches: GenesysSwitches;
  /** The client that deploys: it holds every role of the organisation but the administrators'. */
  credentials: { clientId: string; clientSecret: string };
  /** What points a client at this simulator. */
  environment(): Record<string, string>;
}

/** Starts a Genesys Cloud organisation on loopback. */
export async function startGenesys(options: GenesysOptions = {}): Promise<GenesysSimulator> {
  const switches = { ...defaultSwitches, ...options.switches };
  const world = new GenesysWorld(options);
  const deployClient = seedWorld(world, options);
  const platform = new Platform(world, switches, options);
  const simulator = await startSimulator({
    routes: {
      ...tokenEndpoint(platform),
      ...platform.handlers(operations()),
    },
    notFound: () => ({
      status: 404,
      body: errorBody(404, "not.found", "The requested resource was not found.", randomUUID()),
    }),
    faultBody: (status) =>
      errorBody(status, faultCodes[status] ?? "internal.server.error", "Injected fault.", randomUUID()),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const credentials = { clientId: deployClient.id, clientSecret: deployClient.secret };
  return {
    ...simulator,
    world,
    switches,
    credentials,
    environment: () => ({
      GENESYSCLOUD_REGION: options.region ?? "us-east-1",
      GENESYSCLOUD_OAUTHCLIENT_ID: credentials.clientId,
      GENESYSCLOUD_OAUTHCLIENT_SECRET: credentials.clientSecret,
      GENESYSCLOUD_API_URL: simulator.url,
      GENESYSCLOUD_LOGIN_URL: simulator.url,
    }),
  };
}

const faultCodes: Readonly<Record<number, string>> = {
  429: "too.many.requests",
  500: "internal.server.error",
  502: "bad.gateway",
  503: "service.unavailable",
  504: "request.timeout",
};
