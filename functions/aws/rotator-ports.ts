import { randomUUID } from "node:crypto";
import type { AwsSession } from "../../apis/aws/session.ts";
import { PortError, type RotatorPorts } from "../ports.ts";
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

const refused = async (): Promise<never> => {
  throw new PortError("denied", "This function has no such port. See `functions/catalog.ts`.");
};

/**
 * The ports of the functions that neither start rotations nor ask for them, whose bundles so leave out how that is
 * done. Reads LEDGER_TABLE, SCHEDULE_GROUP, RETIRE_FUNCTION_ARN, SCHEDULER_ROLE_ARN, SCHEDULE_DEAD_LETTER_ARN,
 * METRIC_NAMESPACE and GENESYSCLOUD_REGION, each when it is needed.
 */
export const steppingPorts = (
  environment: NodeJS.ProcessEnv,
  session: AwsSession = lambdaSession(environment),
): RotatorPorts => {
  const variable = variablesOf(environment);
  const scheduler = later(() =>
    awsScheduler(session, {
      group: variable("SCHEDULE_GROUP"),
      targetArn: variable("RETIRE_FUNCTION_ARN"),
      roleArn: variable("SCHEDULER_ROLE_ARN"),
      deadLetterArn: variable("SCHEDULE_DEAD_LETTER_ARN"),
    }),
  );
  const metrics = later(() => embeddedMetrics(variable("METRIC_NAMESPACE"), writeLine));
  return {
    clock: lambdaClock,
    secrets: { ...awsSecretReader(session), ...awsSecretWriter(session) },
    trigger: { rotateNow: refused },
    ledger: awsLedger(session, () => ({ table: variable("LEDGER_TABLE") })),
    scheduler: { at: async (name, time, payload) => scheduler().at(name, time, payload) },
    emergencies: { send: refused },
    metrics: { emit: (...measured) => metrics().emit(...measured) },
    log: jsonLog(writeLine),
    platform: genesysPlatform({ environment }),
    newHolder: randomUUID,
  };
};

/** All ports of the functions that rotate, in Lambda; reads EMERGENCY_QUEUE_URL as well when it is needed. */
export const rotatorPorts = (environment: NodeJS.ProcessEnv): RotatorPorts => {
  const session = lambdaSession(environment);
  const emergencies = later(() => awsEmergencies(session, variablesOf(environment)("EMERGENCY_QUEUE_URL")));
  return {
    ...steppingPorts(environment, session),
    trigger: awsTrigger(session),
    emergencies: { send: async (message) => emergencies().send(message) },
  };
};
