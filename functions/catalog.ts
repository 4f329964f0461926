/**
 * The functions that run in AWS: what each is made from, what it may use, and how it is run. infra deploys them from
 * this list; the sandbox hosts them by it.
 */

/** The ports of `RotatorPorts` that reach outside and need rights. */
export type PortName = "secretReader" | "secretWriter" | "trigger" | "ledger" | "scheduler" | "emergencies";

export interface FunctionDefinition {
  /** Also the name of the bundle. */
  name: string;
  /** Path of the module that exports `handler`, from the repository's root. */
  entry: string;
  ports: readonly PortName[];
  timeoutSeconds: number;
  memoryMegabytes: number;
  reservedConcurrency: number;
  /** Who calls it. */
  trigger: "secretsManager" | "schedule" | "scheduler" | "emergencyQueue";
  what: string;
}

export const functionCatalog = [
  {
    name: "rotate",
    entry: "functions/rotator/lambda/rotate.ts",
    ports: ["secretReader", "secretWriter", "ledger", "scheduler"],
    timeoutSeconds: 300,
    memoryMegabytes: 256,
    reservedConcurrency: 5,
    trigger: "secretsManager",
    what: "Secrets Manager's four rotation steps",
  },
  {
    name: "retire",
    entry: "functions/rotator/lambda/retire.ts",
    ports: ["secretReader", "ledger", "scheduler"],
    timeoutSeconds: 300,
    memoryMegabytes: 256,
    reservedConcurrency: 5,
    trigger: "scheduler",
    what: "Takes one old generation a phase further",
  },
  {
    name: "reconcile",
    entry: "functions/rotator/lambda/reconcile.ts",
    ports: ["secretReader", "ledger", "scheduler", "emergencies"],
    timeoutSeconds: 900,
    memoryMegabytes: 256,
    reservedConcurrency: 1,
    trigger: "schedule",
    what: "Compares platform, secrets and ledger, and mends what differs",
  },
  {
    name: "emergency",
    entry: "functions/rotator/lambda/emergency.ts",
    ports: ["secretReader", "trigger", "ledger"],
    timeoutSeconds: 60,
    memoryMegabytes: 256,
    reservedConcurrency: 2,
    trigger: "emergencyQueue",
    what: "Starts the rotation of one credential at once",
  },
] as const satisfies readonly FunctionDefinition[];

export type FunctionName = (typeof functionCatalog)[number]["name"];
