import type { Attempt, Connect } from "../../apis/http/connection.ts";
import { PortError } from "../../functions/ports.ts";
import type { PortCall, PortHooks } from "../aws/ports/caller.ts";
import { errorBody } from "../genesys/errors.ts";
import { never } from "./invocation.ts";
import type { Environment } from "./lambda.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** A service that functions reach over HTTP, beside AWS. */
export type OutsideService = "platform" | "github" | "slack" | "siem";

/** One call that a function makes of the world outside. */
export interface OutsideCall {
  functionName: string;
  port: PortCall["port"] | OutsideService;
  /** Of a service over HTTP: `METHOD /route/{template}`. */
  operation: string;
  target: string;
}

/** What befalls a call, or the function that makes it. */
export type Mishap =
  /** The process dies before the call, or after it took effect. */
  | { kind: "crashBefore" }
  | { kind: "crashAfter" }
  /** The call has no effect, or takes effect without an answer. */
  | { kind: "failBefore" }
  | { kind: "failAfter" }
  /** Of a service over HTTP alone: an answer instead of an effect. */
  | { kind: "status"; status: 429 | 500 | 502 | 503 | 504; retryAfterSeconds?: number };

export interface Mishaps {
  /** Asked once for every call. Default: nothing happens. */
  mishap?(call: OutsideCall): Mishap | undefined;
  /** How long a call takes. Default: no time. */
  latencyMilliseconds?(call: OutsideCall): number;
}

const reads = /^(describe|value|read|all)$/;

const latency = async ({ latencyMilliseconds }: Mishaps, clock: VirtualClock, call: OutsideCall) => {
  const milliseconds = latencyMilliseconds?.(call) ?? 0;
  if (milliseconds > 0) await clock.sleep(milliseconds);
};

/** The mishaps of the calls that an environment makes of AWS. */
export const portHooks = (environment: Environment, clock: VirtualClock, mishaps: Mishaps): PortHooks => {
  if (mishaps.mishap === undefined && mishaps.latencyMilliseconds === undefined)
    return { before: () => (environment.invocation.isOver ? never() : undefined) };
  // Set by `before` for the `after` of the same call, found by the call's own object.
  const pending = new WeakMap<PortCall, Mishap>();
  return {
    before: async (portCall) => {
      const { invocation, name: functionName } = environment;
      if (invocation.isOver) return never();
      const call = { functionName, ...portCall };
      await latency(mishaps, clock, call);
      if (invocation.isOver) return never();
      const mishap = mishaps.mishap?.(call);
      if (mishap?.kind === "crashBefore") {
        invocation.end({ kind: "crashed" });
        return never();
      }
      if (mishap?.kind === "failBefore" || mishap?.kind === "status")
        throw new PortError("unavailable", `${call.port} ${call.operation}: no answer`);
      if (mishap !== undefined) pending.set(portCall, mishap);
    },
    after: async (portCall) => {
      const mishap = pending.get(portCall);
      if (mishap?.kind === "crashAfter") {
        environment.invocation.end({ kind: "crashed" });
        return never();
      }
      if (mishap?.kind === "failAfter")
        throw new PortError(
          reads.test(portCall.operation) ? "unavailable" : "ambiguous",
          `${portCall.port} ${portCall.operation}: no answer`,
        );
    },
  };
};

/** The mishaps of the calls that an environment makes of a service over HTTP; default: the platform. */
export const connectWithMishaps =
  (
    environment: Environment,
    clock: VirtualClock,
    mishaps: Mishaps,
    connect: Connect,
    service: OutsideService = "platform",
  ): Connect =>
  (options) => {
    const attempt: Attempt = connect(options);
    if (mishaps.mishap === undefined && mishaps.latencyMilliseconds === undefined)
      return (request, headers) => (environment.invocation.isOver ? never() : attempt(request, headers));
    return async (request, headers) => {
      const { invocation, name: functionName } = environment;
      if (invocation.isOver) return never();
      const call: OutsideCall = {
        functionName,
        port: service,
        operation: `${request.method} ${request.route}`,
        target: request.object,
      };
      await latency(mishaps, clock, call);
      if (invocation.isOver) return never();
      const mishap = mishaps.mishap?.(call);
      switch (mishap?.kind) {
        case "crashBefore":
          invocation.end({ kind: "crashed" });
          return never();
        case "failBefore":
          return { kind: "unanswered", reason: "connection lost" };
        case "status": {
          const { status, retryAfterSeconds: seconds } = mishap;
          const body = errorBody(status, "injected", "Injected fault.", "");
          const told = seconds === undefined ? {} : { "retry-after": String(seconds) };
          return { kind: "answer", answer: { status, headers: told, body } };
        }
      }
      const reply = await attempt(request, headers);
      if (mishap?.kind === "crashAfter") {
        invocation.end({ kind: "crashed" });
        return never();
      }
      return mishap?.kind === "failAfter" ? { kind: "unanswered", reason: "connection lost" } : reply;
    };
  };
