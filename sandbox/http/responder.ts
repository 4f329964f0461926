import type { IncomingHttpHeaders } from "node:http";
import { setTimeout as sleepFor } from "node:timers/promises";
import { CallLog } from "./call-log.ts";
import { FaultPlan } from "./faults.ts";
import { createRoutes, type Match } from "./routes.ts";

export interface SimulatedRequest {
  method: string;
  /** Without the query string. */
  path: string;
  /** Values of the route template's `{name}` parts, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** By lower-case name. */
  headers: IncomingHttpHeaders;
  /** The body as it came. */
  text: string;
  /** The address the call came from, for platforms that look at it. */
  sourceAddress: string;
}

export interface SimulatedResponse {
  status: number;
  /** Sent as JSON; undefined sends no body. */
  body?: unknown;
  /** Sent as they are, in place of a body. */
  bytes?: Uint8Array;
  headers?: Record<string, string>;
}

export type Handler = (request: SimulatedRequest) => SimulatedResponse | Promise<SimulatedResponse>;

export interface ResponderOptions {
  /** `METHOD /route/{template}` to handler. */
  routes: Record<string, Handler>;
  /** The answer to a path that no route matches. */
  notFound: Handler;
  /** Runs before the handler; what it returns is the answer (authentication, rate limits). */
  guard?: (request: SimulatedRequest) => SimulatedResponse | undefined;
  /** The platform's own body for an injected status. */
  faultBody: (status: number) => unknown;
  /** How an injected latency passes. Default: on this machine's clock. */
  sleep?: (milliseconds: number) => Promise<unknown>;
}

/** An answer, or a connection that was cut without one. */
export type Outcome = SimulatedResponse | "dropped";

/** A simulator without a way to reach it: routes, faults on demand, and a record of every call. */
export interface Responder {
  calls: CallLog;
  faults: FaultPlan;
  respond(request: Omit<SimulatedRequest, "params">, match?: Match): Promise<Outcome>;
  /** Where a call belongs whose template the caller knows; undefined where only its path can tell. */
  findKnown: ReturnType<typeof createRoutes>["findKnown"];
}

export const createResponder = (options: ResponderOptions): Responder => {
  const { guard, notFound, faultBody, sleep = sleepFor } = options;
  const { find, findKnown } = createRoutes(options.routes);
  const calls = new CallLog();
  const faults = new FaultPlan();

  const respond: Responder["respond"] = async (call, match = find(call.method, call.path)) => {
    const { method, path } = call;
    const { template: route, params, handler = notFound } = match;
    if (params === undefined) {
      calls.record({ method, route, path, status: 400 });
      return { status: 400 };
    }
    const fault = faults.next(method, route);
    if (fault?.kind === "latency") await sleep(fault.milliseconds);
    if (fault?.kind === "dropBefore") {
      calls.record({ method, route, path, status: "dropped" });
      return "dropped";
    }
    if (fault?.kind === "status") {
      const { status, retryAfterSeconds, body = faultBody(status) } = fault;
      calls.record({ method, route, path, status });
      const headers = retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
      return { status, body, headers };
    }
    const request = { ...call, params };
    const given = guard?.(request) ?? handler(request);
    // Waiting for what is there already costs a turn.
    const answer = given instanceof Promise ? await given : given;
    if (fault?.kind === "dropAfter") {
      calls.record({ method, route, path, status: "dropped" });
      return "dropped";
    }
    calls.record({ method, route, path, status: answer.status });
    return answer;
  };

  return { calls, faults, respond, findKnown };
};
