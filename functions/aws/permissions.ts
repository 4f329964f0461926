import type { FunctionDefinition, LeakFunctionDefinition, LeakPortName, PortName } from "../catalog.ts";
import type { Permission } from "../permissions.ts";
import { casesPermissions } from "./cases.ts";
import { deliveriesPermissions } from "./delivery-log.ts";
import { emergenciesPermissions } from "./emergencies.ts";
import { githubPermissions } from "./github.ts";
import { leaksPermissions, reportsPermissions } from "./leak-queues.ts";
import { ledgerPermissions } from "./ledger.ts";
import { schedulerPermissions } from "./scheduler.ts";
import { secretReaderPermissions } from "./secret-reader.ts";
import { secretWriterPermissions } from "./secret-writer.ts";
import { siemPermissions } from "./siem.ts";
import { slackPermissions } from "./slack.ts";
import { triggerPermissions } from "./trigger.ts";
import { webhookSecretsPermissions } from "./webhook-secrets.ts";

/** What each adapter needs, as it declares it itself. Metrics, log and clock reach nothing that asks for rights. */
export const portPermissions: Readonly<Record<PortName | LeakPortName, readonly Permission[]>> = {
  secretReader: secretReaderPermissions,
  secretWriter: secretWriterPermissions,
  trigger: triggerPermissions,
  ledger: ledgerPermissions,
  scheduler: schedulerPermissions,
  emergencies: emergenciesPermissions,
  webhookSecrets: webhookSecretsPermissions,
  deliveries: deliveriesPermissions,
  leaks: leaksPermissions,
  reports: reportsPermissions,
  cases: casesPermissions,
  github: githubPermissions,
  slack: slackPermissions,
  siem: siemPermissions,
};

/** What a function's own code may do; what it takes to run it is its host's affair. */
export const permissionsOf = ({
  ports,
}: Pick<FunctionDefinition | LeakFunctionDefinition, "ports">): Permission[] =>
  ports.flatMap((port) => [...portPermissions[port]]);
