import type { ReceivePorts } from "../revoker/receive.ts";
import { awsDeliveryLog } from "./delivery-log.ts";
import { awsHeldSecret } from "./held-secret.ts";
import { lambdaSession, later, variablesOf } from "./lambda.ts";
import { commonPorts, queueOf } from "./leak-ports.ts";

/** Reads WEBHOOK_SECRET_ARN, LEAK_TABLE, LEAK_QUEUE_URL and METRIC_NAMESPACE. */
export const receivePorts = (environment: NodeJS.ProcessEnv): ReceivePorts => {
  const variable = variablesOf(environment);
  const session = lambdaSession(environment);
  const secrets = later(() => awsHeldSecret(session, { secretArn: variable("WEBHOOK_SECRET_ARN") }));
  const deliveries = later(() => awsDeliveryLog(session, { table: variable("LEAK_TABLE") }));
  return {
    ...commonPorts(environment),
    webhookSecrets: { read: async (how) => secrets().read(how) },
    deliveries: { remember: async (id, seconds) => deliveries().remember(id, seconds) },
    leaks: queueOf(environment, session, "LEAK_QUEUE_URL"),
  };
};
