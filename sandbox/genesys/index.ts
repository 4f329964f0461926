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
import { type Simulator, serve } from "../http/server.ts";
import type { GenesysOptions } from "./options.ts";
import { createGenesys, type GenesysOrganisation } from "./organisation.ts";

export type { GenesysOptions, Lag } from "./options.ts";
export { createGenesys, type GenesysOrganisation } from "./organisation.ts";
export type { Snapshot } from "./snapshot.ts";
export { defaultSwitches, type GenesysSwitches } from "./switches.ts";
export type { GenesysWorld } from "./world.ts";

export interface GenesysSimulator extends Simulator, GenesysOrganisation {
  /** What points a client at this simulator. */
  environment(): Record<string, string>;
}

/** Starts a Genesys Cloud organisation on loopback. */
export async function startGenesys(options: GenesysOptions = {}): Promise<GenesysSimulator> {
  const organisation = createGenesys(options);
  const { credentials } = organisation;
  const simulator = await serve(organisation.responder, options.port);
  return {
    ...organisation,
    ...simulator,
    environment: () => ({
      GENESYSCLOUD_REGION: options.region ?? "us-east-1",
      GENESYSCLOUD_OAUTHCLIENT_ID: credentials.clientId,
      GENESYSCLOUD_OAUTHCLIENT_SECRET: credentials.clientSecret,
      GENESYSCLOUD_API_URL: simulator.url,
      GENESYSCLOUD_LOGIN_URL: simulator.url,
    }),
  };
}
