import { randomUUID } from "node:crypto";
import type { RotatorPorts } from "../ports.ts";
import { awsEmergencies } from "./emergencies.ts";
import { lambdaClock, lambdaSession, later, variablesOf, writeLine } from "./lambda.ts";
import { awsLedger } from "./ledger.ts";
import { jsonLog } from "./log.ts";
import { embeddedMetrics } from "./metrics.ts";
import { genesysPlatform } from "./platform.ts";
import { awsScheduler } from "./scheduler.ts";
import { awsSecretReader } from "./secret-reader.ts";
import { awsSecretWriter } from "./secret-writer.ts";
import { awsTrigger } from "./trigger.ts";

/**
 * The ports of the functions that rotate, in Lambda. Reads LEDGER_TABLE, SCHEDULE_GROUP, RETIRE_FUNCTION_ARN,
 * SCHEDULER_ROLE_ARN, SCHEDULE_DEAD_LETTER_ARN, EMERGENCY_QUEUE_URL, METRIC_NAMESPACE and GENESYSCLOUD_REGION, each when
 * it is needed.
 */
export const rotatorPorts = (environment: NodeJS.ProcessEnv): RotatorPorts => {
  const variable = variablesOf(environment);
  const session = lambdaSession(environment);
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
    clock: lambdaClock,
    secrets: { ...awsSecretReader(session), ...awsSecretWriter(session) },
    trigger: awsTrigger(session),
    ledger: awsLedger(session, () => ({ table: variable("LEDGER_TABLE") })),
    scheduler: { at: async (name, time, payload) => scheduler().at(name, time, payload) },
    emergencies: { send: async (message) => emergencies().send(message) },
    metrics: { emit: (...measured) => metrics().emit(...measured) },
    log: jsonLog(writeLine),
    platform: genesysPlatform({ environment }),
    newHolder: randomUUID,
  };
};
