import { createGenesysApi } from "../../apis/genesys/create.ts";
import type { Connect } from "../../apis/http/connection.ts";
import type { Clock, Log, Metrics, RotatorPorts } from "../../functions/ports.ts";
import { AwsError } from "../aws/error.ts";
import { Caller } from "../aws/ports/caller.ts";
import { ledgerPort } from "../aws/ports/ledger.ts";
import { queuePort, schedulerPort } from "../aws/ports/messages.ts";
import { secretsPort, triggerPort } from "../aws/ports/secrets.ts";
import { never } from "../runtime/invocation.ts";
import type { Environment } from "../runtime/lambda.ts";
import { connectWithMishaps, type Mishaps, portHooks } from "../runtime/mishaps.ts";
import type { Role } from "./access.ts";
import type { DeployedFunction, Region } from "./region.ts";

export interface FunctionPortsOptions {
  region: Region;
  role: Role;
  deployed: DeployedFunction;
  /** How the platform is reached from the function's network. */
  connect: Connect;
  mishaps: Mishaps;
  log: Log;
  metrics: Metrics;
}

const origin = "https://genesys.sandbox.test";

/**
 * What a deployed function sees of the world: the table, queue and schedules that its environment variables name, with
 * the rights of its role. Nothing any more once its call is over.
 */
export const functionPorts = (
  environment: Environment,
  { region, role, deployed, connect, mishaps, log, metrics }: FunctionPortsOptions,
): RotatorPorts => {
  const { clock: world, place, secretsManager, schedules } = region;
  const variable = (name: string): string => deployed.environment[name] ?? "";
  const clock: Clock = {
    now: world.now,
    sleep: async (milliseconds) => {
      const { invocation } = environment;
      await world.sleep(milliseconds);
      if (invocation.isOver) await never;
    },
  };
  // A role without a policy may do nothing.
  const rights = [...role.policies.values()];
  const caller = new Caller(rights, [portHooks(environment, world, mishaps)]);
  const table = region.tables.get(variable("LEDGER_TABLE"));
  const queue = region.queueByUrl(variable("EMERGENCY_QUEUE_URL"));
  const ledger = (): ReturnType<typeof ledgerPort> => {
    if (table === undefined) throw missing("table", variable("LEDGER_TABLE"));
    return ledgerPort(table, caller, clock);
  };
  return {
    clock,
    secrets: secretsPort(secretsManager, caller, place),
    trigger: triggerPort(secretsManager, caller, place),
    ledger: {
      acquire: async (...request) => ledger().acquire(...request),
      open: async (...request) => ledger().open(...request),
      release: async (...request) => ledger().release(...request),
      read: async (...request) => ledger().read(...request),
      write: async (...request) => ledger().write(...request),
      all: async () => ledger().all(),
    },
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
    emergencies: {
      send: async (message) => {
        if (queue === undefined) throw missing("queue", variable("EMERGENCY_QUEUE_URL"));
        return queuePort(queue, caller).send(message);
      },
    },
    metrics,
    log,
    newHolder: () => `${deployed.name}-${region.newId()}`,
    platform: {
      as: ({ clientId, clientSecret }) =>
        createGenesysApi({
          settings: { apiUrl: origin, loginUrl: origin, clientId, clientSecret },
          transport: {
            connect: connectWithMishaps(environment, world, mishaps, connect),
            now: clock.now,
            sleep: clock.sleep,
            random: world.random,
          },
        }),
    },
  };
};

const missing = (kind: string, name: string): AwsError =>
  new AwsError("ResourceNotFoundException", `There is no ${kind} "${name}".`);
