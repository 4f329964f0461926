import type { FunctionDefinition, PortName } from "../functions/catalog.ts";

/** The value of each variable that `functions/aws/rotator-ports.ts` reads. */
export type PortVariables<T> = Readonly<Record<(typeof all)[number], T>>;

const scheduler = [
  "SCHEDULE_GROUP",
  "RETIRE_FUNCTION_ARN",
  "SCHEDULER_ROLE_ARN",
  "SCHEDULE_DEAD_LETTER_ARN",
] as const;
/** What every function reads. */
const common = ["GENESYSCLOUD_REGION", "METRIC_NAMESPACE"] as const;
const all = [...common, "LEDGER_TABLE", "EMERGENCY_QUEUE_URL", ...scheduler] as const;

const byPort: Partial<Record<PortName, readonly (typeof all)[number][]>> = {
  ledger: ["LEDGER_TABLE"],
  scheduler,
  emergencies: ["EMERGENCY_QUEUE_URL"],
};

/** The variables of the ports that a function uses, and no others. */
export const functionEnvironment = <T>(
  { ports }: Pick<FunctionDefinition, "ports">,
  variables: PortVariables<T>,
): Record<string, T> => {
  const names = [...common, ...ports.flatMap((port) => byPort[port] ?? [])];
  return Object.fromEntries(names.map((name) => [name, variables[name]]));
};
