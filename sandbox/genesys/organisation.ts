import { randomUUID } from "node:crypto";
import type { Attempt, Connect } from "../../apis/http/connection.ts";
import type { CallLog } from "../http/call-log.ts";
import type { FaultPlan } from "../http/faults.ts";
import { createResponder, type Responder } from "../http/responder.ts";
import { inProcess } from "./connection.ts";
import { errorBody } from "./errors.ts";
import { inProcessFetch } from "./in-process-fetch.ts";
import { operations } from "./operations.ts";
import type { GenesysOptions } from "./options.ts";
import { Platform } from "./platform.ts";
import { seedWorld } from "./seed.ts";
import { defaultSwitches, type GenesysSwitches } from "./switches.ts";
import { tokenEndpoint } from "./tokens.ts";
import { GenesysWorld } from "./world.ts";

/** An organisation that can be called within this process. */
export interface GenesysOrganisation {
  world: GenesysWorld;
  /** Live: a test may turn a switch while the simulator runs. */
  switches: GenesysSwitches;
  /** The client that deploys: it holds every role of the organisation but the administrators'. */
  credentials: { clientId: string; clientSecret: string };
  calls: CallLog;
  faults: FaultPlan;
  responder: Responder;
  /** For `Transport.connect`: the calls of our own client reach the simulator without HTTP. */
  connect: Connect;
  /** For consumers: `fetch`, whatever the host of the URL. */
  fetch: typeof fetch;
  /** Forgets what no call can ask for any more; for worlds that live for years. */
  prune(): void;
}

/** Makes a Genesys Cloud organisation without a server. */
export const createGenesys = (options: GenesysOptions = {}): GenesysOrganisation => {
  const switches = { ...defaultSwitches, ...options.switches };
  const world = new GenesysWorld(options);
  const deployClient = seedWorld(world, options);
  const platform = new Platform(world, switches, options);
  const responder = createResponder({
    routes: { ...tokenEndpoint(platform), ...platform.handlers(operations()) },
    notFound: () => ({
      status: 404,
      body: errorBody(404, "not.found", "The requested resource was not found.", randomUUID()),
    }),
    faultBody: (status) =>
      errorBody(status, faultCodes[status] ?? "internal.server.error", "Injected fault.", randomUUID()),
    ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
  });
  const attempt: Attempt = inProcess(responder);
  return {
    world,
    switches,
    credentials: { clientId: deployClient.id, clientSecret: deployClient.secret },
    calls: responder.calls,
    faults: responder.faults,
    responder,
    connect: () => attempt,
    fetch: inProcessFetch(responder),
    prune: () => world.prune(switches.deletedClientReads),
  };
};

const faultCodes: Readonly<Record<number, string>> = {
  429: "too.many.requests",
  500: "internal.server.error",
  502: "bad.gateway",
  503: "service.unavailable",
  504: "request.timeout",
};
