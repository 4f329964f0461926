import type { Connect } from "../../apis/http/connection.ts";
import { genesysPlatform } from "../../functions/aws/platform.ts";
import { hurry } from "../../functions/aws/revoke-ports.ts";
import type { Clock, Ledger, Log, Metrics } from "../../functions/ports.ts";
import type { Table } from "../aws/dynamodb/table.ts";
import { AwsError } from "../aws/error.ts";
import { Caller } from "../aws/ports/caller.ts";
import { deliveriesPort } from "../aws/ports/deliveries.ts";
import { heldSecretPort } from "../aws/ports/held-secrets.ts";
import { ledgerPort } from "../aws/ports/ledger.ts";
import { queuePort, schedulerPort } from "../aws/ports/messages.ts";
import { secretsPort, triggerPort } from "../aws/ports/secrets.ts";
import type { HostedPorts } from "../runtime/environment-ports.ts";
import { never } from "../runtime/invocation.ts";
import type { Environment } from "../runtime/lambda.ts";
import { connectWithMishaps, type Mishaps, portHooks } from "../runtime/mishaps.ts";
import type { Role } from "./access.ts";
import { functionServices, type OutsideServices } from "./function-services.ts";
import type { DeployedFunction, Region } from "./region.ts";

export interface FunctionPortsOptions {
  region: Region;
  role: Role;
  deployed: DeployedFunction;
  /** Whether it answers a leak, and so waits for nothing as long as others do. */
  isInHurry: boolean;
  /** How the platform and other services are reached from the function's network. */
  connect: Connect;
  services: OutsideServices;
  mishaps: Mishaps;
  log: Log;
  metrics: Metrics;
}

const origin = "https://genesys.sandbox.test";

/**
 * What a deployed function sees of the world: the tables, queues, secrets and schedules that its environment variables
 * name, with the rights of its role. Nothing any more once its call is over.
 */
export const functionPorts = (environment: Environment, options: FunctionPortsOptions): HostedPorts => {
  const { region, role, deployed, isInHurry, connect, services, mishaps, log, metrics } = options;
  const { clock: world, place, secretsManager, schedules } = region;
  const variable = (name: string): string => deployed.environment[name] ?? "";
  const clock: Clock = {
    now: world.now,
    sleep: async (milliseconds) => {
      const { invocation } = environment;
      await world.sleep(milliseconds);
      if (invocation.isOver) await never();
    },
  };
  // A role without a policy may do nothing.
  const caller = new Caller([...role.policies.values()], [portHooks(environment, world, mishaps)]);
  const transport = {
    ...(isInHurry ? hurry : {}),
    now: clock.now,
    sleep: clock.sleep,
    random: world.random,
  };
  const table = (name: string): Table => {
    const found = region.tables.get(variable(name));
    if (found === undefined)
      throw new AwsError("ResourceNotFoundException", `There is no table "${variable(name)}".`);
    return found;
  };
  const ledger = (name: string, port: "ledger" | "cases") =>
    laterLedger(() => ledgerPort(table(name), caller, clock, port));
  const queue = (name: string, port: "emergencies" | "leaks" | "reports") =>
    queuePort(region.queueByUrl(variable(name)), caller, port);
  const held = (name: string) => heldSecretPort(secretsManager, caller, place, variable(name), clock);
  return {
    clock,
    log,
    metrics,
    newHolder: () => `${deployed.name}-${region.newId()}`,
    secrets: secretsPort(secretsManager, caller, place),
    trigger: triggerPort(secretsManager, caller, place),
    ledger: ledger("LEDGER_TABLE", "ledger"),
    cases: ledger("LEAK_TABLE", "cases"),
    deliveries: {
      remember: async (...request) => deliveriesPort(table("LEAK_TABLE"), caller, clock).remember(...request),
    },
    webhookSecrets: held("WEBHOOK_SECRET_ARN"),
    emergencies: queue("EMERGENCY_QUEUE_URL", "emergencies"),
    leaks: queue("LEAK_QUEUE_URL", "leaks"),
    reports: queue("REPORT_QUEUE_URL", "reports"),
    scheduler: schedulerPort(
      schedules,
      caller,
      place,
      {
        group: variable("SCHEDULE_GROUP"),
        targetArn: variable("RETIRE_FUNCTION_ARN"),
        roleArn: variable("SCHEDULER_ROLE_ARN"),
        deadLetterArn: variable("SCHEDULE_DEAD_LETTER_ARN"),
      },
      clock,
    ),
    platform: genesysPlatform({
      environment: { GENESYSCLOUD_API_URL: origin, GENESYSCLOUD_LOGIN_URL: origin },
      connect: connectWithMishaps(environment, world, mishaps, connect),
      transport,
    }),
    ...functionServices({
      variable,
      held,
      services,
      reach: (service, to) => connectWithMishaps(environment, world, mishaps, to, service),
      transport: { now: clock.now, sleep: clock.sleep, random: world.random },
    }),
  };
};

/** Whose table is looked for when it is used: not every function has one. */
const laterLedger = (open: () => Ledger): Ledger => ({
  acquire: async (...request) => open().acquire(...request),
  open: async (...request) => open().open(...request),
  release: async (...request) => open().release(...request),
  read: async (...request) => open().read(...request),
  write: async (...request) => open().write(...request),
  all: async () => open().all(),
});
