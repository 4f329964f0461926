/**
 * A Slack workspace on this machine, with one app in it. The base URL is the API's own: methods are directly below
 * it. `methods.ts`, `block-rules.ts` and `rate-limit.ts` say what is verified and what is assumed.
 *
 * State of 2026-11-21.
 * - By design: people act through `world` (invite the app, archive a channel, leave); refusals that depend on nothing
 *   here are made by `world.refuse`.
 */
import type { Connect } from "../../apis/http/connection.ts";
import { inProcess } from "../genesys/connection.ts";
import type { CallLog } from "../http/call-log.ts";
import type { FaultPlan } from "../http/faults.ts";
import { createResponder, type Responder } from "../http/responder.ts";
import { type Simulator, serve } from "../http/server.ts";
import { methods } from "./methods.ts";
import { RateLimit } from "./rate-limit.ts";
import { SlackWorld } from "./world.ts";

export type { Channel, Message, SlackWorld, Token, User } from "./world.ts";

export interface SlackOptions {
  /** Default: any free port. */
  port?: number;
  /** The clock, in milliseconds since 1970. Default: the machine's. */
  clock?: () => number;
  /** Slack's own limits by default; `off` lifts them. */
  rateLimit?: "off";
  /** How an injected latency passes. Default: on the machine's clock. */
  sleep?: (milliseconds: number) => Promise<unknown>;
}

/** A workspace that can be called within this process. */
export interface SlackWorkspace {
  world: SlackWorld;
  /** A bot token that may do everything the product needs. */
  botToken: string;
  calls: CallLog;
  faults: FaultPlan;
  responder: Responder;
  /** Our own client reaches it without HTTP. */
  connect: Connect;
}

export interface SlackSimulator extends Simulator, SlackWorkspace {
  /** What points the functions at this simulator. */
  environment(): { SLACK_API_URL: string };
}

/** Makes a workspace without a server. */
export const createSlack = ({ clock = Date.now, rateLimit, sleep }: SlackOptions = {}): SlackWorkspace => {
  const world = new SlackWorld(clock);
  const responder = createResponder({
    routes: methods(world, rateLimit === "off" ? undefined : new RateLimit(clock)),
    notFound: () => ({ status: 200, body: { ok: false, error: "unknown_method" } }),
    faultBody: (status) => ({ ok: false, error: status === 429 ? "ratelimited" : "service_unavailable" }),
    ...(sleep === undefined ? {} : { sleep }),
  });
  const attempt = inProcess(responder);
  return {
    world,
    botToken: world.issueToken(),
    calls: responder.calls,
    faults: responder.faults,
    responder,
    connect: () => attempt,
  };
};

/** Starts a workspace on loopback. */
export const startSlack = async (options: SlackOptions = {}): Promise<SlackSimulator> => {
  const workspace = createSlack(options);
  const simulator = await serve(workspace.responder, options.port);
  return { ...workspace, ...simulator, environment: () => ({ SLACK_API_URL: simulator.url }) };
};
