import type { RevokerPorts } from "../ports.ts";
import { awsFifoQueue } from "./fifo-queue.ts";
import { lambdaClock, type lambdaSession, later, variablesOf, writeLine } from "./lambda.ts";
import { jsonLog } from "./log.ts";
import { embeddedMetrics } from "./metrics.ts";

/** What the makers of the ports share of the functions that answer leaks. Variables are read when they are needed. */

export const commonPorts = (
  environment: NodeJS.ProcessEnv,
): Pick<RevokerPorts, "clock" | "log" | "metrics"> => {
  const metrics = later(() => embeddedMetrics(variablesOf(environment)("METRIC_NAMESPACE"), writeLine));
  return {
    clock: lambdaClock,
    log: jsonLog(writeLine),
    metrics: { emit: (...measured) => metrics().emit(...measured) },
  };
};

/** The queue whose URL the variable holds. */
export const queueOf = (
  environment: NodeJS.ProcessEnv,
  session: ReturnType<typeof lambdaSession>,
  variable: "LEAK_QUEUE_URL" | "REPORT_QUEUE_URL" | "EMERGENCY_QUEUE_URL",
): RevokerPorts["leaks"] => {
  const queue = later(() => awsFifoQueue(session, variablesOf(environment)(variable)));
  return { send: async (message) => queue().send(message) };
};
