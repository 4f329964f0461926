import type { LeakPortName, PortName } from "../functions/catalog.ts";

const scheduler = [
  "SCHEDULE_GROUP",
  "RETIRE_FUNCTION_ARN",
  "SCHEDULER_ROLE_ARN",
  "SCHEDULE_DEAD_LETTER_ARN",
] as const;
/** What every function reads. */
const common = ["GENESYSCLOUD_REGION", "METRIC_NAMESPACE"] as const;

/** The variables that the adapters of each port read: `functions/aws/rotator-ports.ts`, `revoker-ports.ts`. */
const byPort = {
  secretReader: [],
  secretWriter: [],
  trigger: [],
  ledger: ["LEDGER_TABLE"],
  scheduler,
  emergencies: ["EMERGENCY_QUEUE_URL"],
  webhookSecrets: ["WEBHOOK_SECRET_ARN"],
  deliveries: ["LEAK_TABLE"],
  cases: ["LEAK_TABLE"],
  leaks: ["LEAK_QUEUE_URL"],
  reports: ["REPORT_QUEUE_URL"],
  github: ["GITHUB_APP_SECRET_ARN"],
  slack: ["SLACK_SECRET_ARN"],
  siem: ["SIEM_SECRET_ARN", "SIEM_URL", "SIEM_KIND"],
} as const satisfies Record<PortName | LeakPortName, readonly string[]>;

/** Variables that may be left out: they have a default. */
const optional = { github: ["GITHUB_API_URL"] } as const satisfies Partial<
  Record<PortName | LeakPortName, readonly string[]>
>;

type Name =
  | (typeof common)[number]
  | (typeof byPort)[keyof typeof byPort][number]
  | (typeof optional)[keyof typeof optional][number];

/** The values of the variables that a stack's functions read. */
export type PortVariables<T> = Readonly<Partial<Record<Name, T>>>;

/**
 * The variables of the ports that a function uses, and no others.
 *
 * @throws Error where the stack has no value for one
 */
export const functionEnvironment = <T>(
  { ports }: { ports: readonly (PortName | LeakPortName)[] },
  variables: PortVariables<T>,
): Record<string, T> => {
  const needed: readonly Name[] = [...common, ...ports.flatMap((port) => byPort[port])];
  const also: readonly Name[] = ports.includes("github") ? optional.github : [];
  const found = [...new Set([...needed, ...also])].map((name): [Name, T | undefined] => [
    name,
    variables[name],
  ]);
  const missing = found.find(([name, value]) => value === undefined && needed.includes(name));
  if (missing !== undefined) throw new Error(`A function needs ${missing[0]}, which the stack does not have`);
  return Object.fromEntries(found.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
};
