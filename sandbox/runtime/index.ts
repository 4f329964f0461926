/**
 * Hosts the functions on a virtual clock: Secrets Manager calls them for its rotations, EventBridge Scheduler for its
 * one-shots, a queue for its messages, a rate for reconcile. The head of each file says what is verified and what is
 * assumed of the service.
 */
import type { FunctionDefinition, LeakFunctionDefinition } from "../../functions/catalog.ts";
import type { MemoryAws } from "../aws/memory.ts";
import type { CallerPolicy } from "../aws/ports/caller.ts";
import { recordedLog, recordedMetrics } from "../aws/ports/records.ts";
import type { Queue } from "../aws/sqs/queue.ts";
import type { GenesysOrganisation } from "../genesys/index.ts";
import { environmentPorts, type HostedPorts, type PortsOptions } from "./environment-ports.ts";
import { connectEventSource } from "./event-source.ts";
import { functionPolicy } from "./function-policy.ts";
import { type InvocationRecord, Lambda } from "./lambda.ts";
import type { Mishaps } from "./mishaps.ts";
import type { VirtualClock } from "./virtual-clock.ts";

export type { ServiceAccess, Services } from "./environment-ports.ts";
export type { InvocationRecord } from "./lambda.ts";
export type { Mishap, Mishaps, OutsideCall } from "./mishaps.ts";
export { type Random, seededRandom, wholeBetween } from "./random.ts";
export { VirtualClock } from "./virtual-clock.ts";

/** A function to host: its definition, and what makes its handler in a fresh environment. */
export interface HostedFunction {
  definition: Pick<
    FunctionDefinition | LeakFunctionDefinition,
    "name" | "ports" | "timeoutSeconds" | "reservedConcurrency" | "trigger"
  >;
  create(ports: HostedPorts): (event: unknown) => Promise<unknown>;
}

export interface RuntimeOptions extends Pick<PortsOptions, "services"> {
  /** Also the `clock` and the `timers` of `aws`, and the `clock` of `genesys`. */
  clock: VirtualClock;
  aws: MemoryAws;
  genesys: Pick<GenesysOrganisation, "connect">;
  functions: readonly HostedFunction[];
  /** The rights of a function. Default: those that its adapters ask for, and no more. */
  policyOf?(functionName: string): CallerPolicy;
  /** What befalls the calls of the functions: asked at every call. */
  mishaps?: Mishaps;
  /** How far the functions' clocks are ahead of the world's. Default 0. */
  skewMilliseconds?: number;
  /**
   * Between two calls of a function on a schedule: of all, or of one by its name. Default 3600; `never`: somebody else
   * calls it.
   */
  scheduleSeconds?: number | "never" | ((functionName: string) => number | "never");
  /** Called after every invocation. */
  onInvocation?(record: InvocationRecord): void;
  /** How many log lines and metrics are kept at least. Default 1,000. */
  keep?: number;
}

export interface DeadLetter {
  functionName: string;
  event: unknown;
  error: unknown;
}

export const createRuntime = (options: RuntimeOptions) => {
  const { clock, aws, genesys, functions, mishaps = {}, skewMilliseconds = 0, keep = 1000 } = options;
  const log = recordedLog(keep);
  const metrics = recordedMetrics(keep);
  const deadLetters: DeadLetter[] = [];
  const lambda = new Lambda({
    clock,
    onDeadLetter: (functionName, event, error) => deadLetters.push({ functionName, event, error }),
    ...(options.onInvocation === undefined ? {} : { onEnd: options.onInvocation }),
  });
  const arnOf = (name: string): string =>
    (aws.functionArns as Readonly<Record<string, string>>)[name] ?? `arn:aws:lambda:${name}`;

  for (const { definition, create } of functions) {
    const { name, timeoutSeconds, reservedConcurrency } = definition;
    const policy = options.policyOf?.(name) ?? functionPolicy(definition, aws.arns);
    lambda.deploy({
      name,
      arn: arnOf(name),
      timeoutSeconds,
      reservedConcurrency,
      start: (environment) =>
        create(
          environmentPorts(environment, {
            clock,
            aws,
            genesys,
            policy,
            mishaps,
            log,
            metrics,
            skewMilliseconds,
            ...(options.services === undefined ? {} : { services: options.services }),
          }),
        ),
    });
  }

  const synchronous = new Set(
    functions
      .filter(({ definition }) => definition.trigger === "secretsManager")
      .map(({ definition }) => arnOf(definition.name)),
  );
  // Secrets Manager waits for each of its steps; the scheduler hands over and goes.
  aws.host(async (arn, event) => {
    if (synchronous.has(arn)) return await lambda.invoke(arn, event);
    lambda.invokeLater(arn, event);
    return undefined;
  });

  const queues: Readonly<Record<string, Queue>> = {
    emergencyQueue: aws.emergencyQueue,
    leakQueue: aws.leakQueue,
    reportQueue: aws.reportQueue,
  };
  for (const { definition } of functions) {
    const functionArn = arnOf(definition.name);
    const queue = queues[definition.trigger];
    if (queue !== undefined)
      connectEventSource({
        clock,
        lambda,
        queue,
        functionArn,
        maximumConcurrency: definition.reservedConcurrency,
      });
    const { scheduleSeconds: every = 3600 } = options;
    const scheduleSeconds = typeof every === "function" ? every(definition.name) : every;
    if (definition.trigger === "schedule" && scheduleSeconds !== "never") {
      const tick = (): void => {
        lambda.invokeLater(functionArn, { source: "aws.scheduler" });
        clock.at(clock.now() + scheduleSeconds * 1000, tick);
      };
      clock.at(clock.now() + Math.floor(clock.random() * scheduleSeconds * 1000), tick);
    }
  }

  return {
    clock,
    aws,
    log,
    metrics,
    /** Asynchronous events that failed to the last. */
    deadLetters: deadLetters as readonly DeadLetter[],
    advanceTo: (time: number): Promise<void> => clock.advanceTo(time),
    advanceBy: (milliseconds: number): Promise<void> => clock.advanceBy(milliseconds),
    /** Calls a function and waits for its answer, letting time pass as it needs. */
    invoke: (name: string, event: unknown): Promise<unknown> => lambda.invoke(arnOf(name), event),
    /** Hands a function an event, at least once. */
    invokeLater: (name: string, event: unknown): void => lambda.invokeLater(arnOf(name), event),
  };
};

export type Runtime = ReturnType<typeof createRuntime>;
