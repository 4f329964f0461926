import type { FunctionDefinition, PortName } from "../catalog.ts";
import type { Permission } from "../permissions.ts";
import { emergenciesPermissions } from "./emergencies.ts";
import { ledgerPermissions } from "./ledger.ts";
import { schedulerPermissions } from "./scheduler.ts";
import { secretReaderPermissions } from "./secret-reader.ts";
import { secretWriterPermissions } from "./secret-writer.ts";
import { triggerPermissions } from "./trigger.ts";

/** What each adapter needs, as it declares it itself. Metrics, log and clock reach nothing that asks for rights. */
export const portPermissions: Readonly<Record<PortName, readonly Permission[]>> = {
  secretReader: secretReaderPermissions,
  secretWriter: secretWriterPermissions,
  trigger: triggerPermissions,
  ledger: ledgerPermissions,
  scheduler: schedulerPermissions,
  emergencies: emergenciesPermissions,
};

/** What a function's own code may do; what it takes to run it is its host's affair. */
export const permissionsOf = ({ ports }: Pick<FunctionDefinition, "ports">): Permission[] =>
  ports.flatMap((port) => [...portPermissions[port]]);
