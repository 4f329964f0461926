/**
 * The functions that run in AWS: what each is made from, what it may use, and how it is run. infra deploys them from
 * this list; the sandbox hosts them by it.
 */

/** The ports of `RotatorPorts` that reach outside and need rights. */
export type PortName = "secretReader" | "secretWriter" | "trigger" | "ledger" | "scheduler" | "emergencies";

/** Those of `RevokerPorts` that it has beside them. */
export type LeakPortName =
  | "webhookSecrets"
  | "deliveries"
  | "leaks"
  | "reports"
  | "cases"
  | "github"
  | "slack"
  | "siem";

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

export interface LeakFunctionDefinition extends Omit<FunctionDefinition, "ports" | "trigger"> {
  ports: readonly (PortName | LeakPortName)[];
  trigger: "webhook" | "leakQueue" | "reportQueue" | "schedule";
}

/** The functions that answer a leaked secret. */
export const leakCatalog = [
  {
    name: "receive",
    entry: "functions/revoker/lambda/receive.ts",
    ports: ["webhookSecrets", "deliveries", "leaks"],
    timeoutSeconds: 9,
    memoryMegabytes: 256,
    reservedConcurrency: 50,
    trigger: "webhook",
    what: "Takes GitHub's webhooks: signature, delivery id, queue",
  },
  {
    name: "revoke",
    entry: "functions/revoker/lambda/revoke.ts",
    ports: [
      "secretReader",
      "secretWriter",
      "ledger",
      "scheduler",
      "emergencies",
      "reports",
      "cases",
      "github",
    ],
    timeoutSeconds: 120,
    memoryMegabytes: 512,
    reservedConcurrency: 10,
    trigger: "leakQueue",
    what: "Finds out whether a leaked secret is live and ours, replaces it and stops it",
  },
  {
    name: "report",
    entry: "functions/revoker/lambda/report.ts",
    ports: ["cases", "github", "slack", "siem"],
    timeoutSeconds: 60,
    memoryMegabytes: 256,
    reservedConcurrency: 5,
    trigger: "reportQueue",
    what: "Tells the SIEM, GitHub, the developer and security what was done",
  },
  {
    name: "sweep",
    entry: "functions/revoker/lambda/sweep.ts",
    ports: ["leaks", "reports", "cases", "github"],
    timeoutSeconds: 240,
    memoryMegabytes: 256,
    reservedConcurrency: 1,
    trigger: "schedule",
    what: "Finds what GitHub never delivered and what was left half done",
  },
] as const satisfies readonly LeakFunctionDefinition[];

export type LeakFunctionName = (typeof leakCatalog)[number]["name"];
