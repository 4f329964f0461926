import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { credentialsFromEnvironment, regionFromEnvironment } from "../../apis/aws/environment.ts";
import { createAwsSession } from "../../apis/aws/session.ts";
import { PortError, type RotatorPorts } from "../ports.ts";
import { awsEmergencies } from "./emergencies.ts";
import { awsLedger } from "./ledger.ts";
import { jsonLog } from "./log.ts";
import { embeddedMetrics } from "./metrics.ts";
import { genesysPlatform } from "./platform.ts";
import { awsScheduler } from "./scheduler.ts";
import { awsSecretReader } from "./secret-reader.ts";
import { awsSecretWriter } from "./secret-writer.ts";
import { awsTrigger } from "./trigger.ts";

/** The line as it is: `console` would put the time and the request's id before it. */
const writeLine = (line: string): void => {
  process.stdout.write(line);
};

/** Makes it when it is first asked for: a function has only the variables of the ports that it uses. */
const later = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/**
 * The ports of the functions that rotate, in Lambda. Reads LEDGER_TABLE, SCHEDULE_GROUP, RETIRE_FUNCTION_ARN,
 * SCHEDULER_ROLE_ARN, SCHEDULE_DEAD_LETTER_ARN, EMERGENCY_QUEUE_URL, METRIC_NAMESPACE and GENESYSCLOUD_REGION, each when
 * it is needed.
 */
export const rotatorPorts = (environment: NodeJS.ProcessEnv): RotatorPorts => {
  const variable = (name: string): string => {
    const value = environment[name]?.trim() ?? "";
    if (value !== "") return value;
    throw new PortError("invalid", `The function's variable ${name} is not set. Deploy the stack again.`);
  };
  const session = createAwsSession({
    region: regionFromEnvironment(environment),
    credentials: credentialsFromEnvironment(environment),
    environment,
  });
  const ledger = later(() => awsLedger(session, { table: variable("LEDGER_TABLE") }));
  const scheduler = later(() =>
    awsScheduler(session, {
      group: variable("SCHEDULE_GROUP"),
      targetArn: variable("RETIRE_FUNCTION_ARN"),
      roleArn: variable("SCHEDULER_ROLE_ARN"),
      deadLetterArn: variable("SCHEDULE_DEAD_LETTER_ARN"),
    }),
  );
  const metrics = later(() => embeddedMetrics(variable("METRIC_NAMESPACE"), writeLine));
  const emergencies = later(() => awsEmergencies(session, variable("EMERGENCY_QUEUE_URL")));

  return {
    clock: {
      now: Date.now,
      sleep: async (milliseconds) => {
        await sleep(milliseconds);
      },
    },
    secrets: { ...awsSecretReader(session), ...awsSecretWriter(session) },
    trigger: awsTrigger(session),
    ledger: {
      acquire: async (key, holder, seconds) => ledger().acquire(key, holder, seconds),
      release: async (lease) => ledger().release(lease),
      read: async (key) => ledger().read(key),
      write: async (lease, record) => ledger().write(lease, record),
      all: async () => ledger().all(),
    },
    scheduler: { at: async (name, time, payload) => scheduler().at(name, time, payload) },
    emergencies: { send: async (message) => emergencies().send(message) },
    metrics: { emit: (...measured) => metrics().emit(...measured) },
    log: jsonLog(writeLine),
    platform: genesysPlatform({ environment }),
    newHolder: randomUUID,
  };
};
