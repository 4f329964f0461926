/**
 * A SIEM on this machine: Splunk's HTTP Event Collector and Datadog's log intake at the same origin, which keep what
 * they take and judge every event by the OCSF schema (`ocsf/`). A real one takes any JSON: so a violation is noted
 * and refused to nobody. `splunk.ts` and `datadog.ts` say what is verified and what is assumed.
 *
 * State of 2026-11-21.
 */
import type { Connect } from "../../apis/http/connection.ts";
import type { SiemKind } from "../../apis/siem/settings.ts";
import { inProcess } from "../genesys/connection.ts";
import type { CallLog } from "../http/call-log.ts";
import type { FaultPlan } from "../http/faults.ts";
import { createResponder, type Responder } from "../http/responder.ts";
import { type Simulator, serve } from "../http/server.ts";
import { datadog } from "./datadog.ts";
import { splunk } from "./splunk.ts";
import { SiemWorld } from "./world.ts";

export { violations } from "./ocsf/violations.ts";
export type { KeptEvent, SiemWorld } from "./world.ts";

export interface SiemOptions {
  /** Default: any free port. */
  port?: number;
  /** The clock, in milliseconds since 1970. Default: the machine's. */
  clock?: () => number;
  /** How an injected latency passes. Default: on the machine's clock. */
  sleep?: (milliseconds: number) => Promise<unknown>;
}

/** A SIEM that can be called within this process. */
export interface Siem {
  world: SiemWorld;
  calls: CallLog;
  faults: FaultPlan;
  responder: Responder;
  /** Our own client reaches it without HTTP. */
  connect: Connect;
  /** What the client of that kind sends. */
  token(kind: SiemKind): string;
}

export interface SiemSimulator extends Simulator, Siem {
  /** What points the functions at this simulator. */
  environment(kind: SiemKind): { SIEM_URL: string; SIEM_KIND: SiemKind };
}

/** Makes a SIEM without a server. */
export const createSiem = ({ clock = Date.now, sleep }: SiemOptions = {}): Siem => {
  const world = new SiemWorld(clock);
  const responder = createResponder({
    routes: { ...splunk(world), ...datadog(world) },
    notFound: () => ({
      status: 404,
      body: { text: "The requested URL was not found on this server.", code: 404 },
    }),
    // Both vendors', as far as either says anything: Splunk's code 9 is "Server is busy", 8 "Internal server error".
    faultBody: (status) =>
      status === 503 || status === 429
        ? { text: "Server is busy", code: 9 }
        : { text: "Internal server error", code: 8 },
    ...(sleep === undefined ? {} : { sleep }),
  });
  const attempt = inProcess(responder);
  return {
    world,
    calls: responder.calls,
    faults: responder.faults,
    responder,
    connect: () => attempt,
    token: (kind) => (kind === "splunk" ? world.splunkToken : world.datadogKey),
  };
};

/** Starts a SIEM on loopback. */
export const startSiem = async (options: SiemOptions = {}): Promise<SiemSimulator> => {
  const siem = createSiem(options);
  const simulator = await serve(siem.responder, options.port);
  return {
    ...siem,
    ...simulator,
    environment: (kind) => ({ SIEM_URL: simulator.url, SIEM_KIND: kind }),
  };
};
