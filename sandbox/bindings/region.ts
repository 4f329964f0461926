import { RefusedCall, RestApis } from "../aws/api-gateway/rest-apis.ts";
import { Table } from "../aws/dynamodb/table.ts";
import { AwsError } from "../aws/error.ts";
import { arn, type Place } from "../aws/place.ts";
import { Schedules } from "../aws/scheduler/schedules.ts";
import { SecretsManager } from "../aws/secrets-manager/index.ts";
import type { Queue } from "../aws/sqs/queue.ts";
import { type InvocationRecord, Lambda, TooManyRequestsException } from "../runtime/lambda.ts";
import type { VirtualClock } from "../runtime/virtual-clock.ts";
import { type FunctionPermission, permits, type Role, roleAllows } from "./access.ts";

export interface RegionOptions {
  place: Place;
  clock: VirtualClock;
  newId: () => string;
  /** The roles of the account, by ARN. */
  roles: ReadonlyMap<string, Role>;
  onInvocation(record: InvocationRecord): void;
}

const minute = 60_000;

/** A function as the stack has deployed it. */
export interface DeployedFunction {
  arn: string;
  name: string;
  roleArn: string;
  environment: Readonly<Record<string, string>>;
  permissions: Map<string, FunctionPermission>;
}

const denied = (who: string, action: string, resource: string): AwsError =>
  new AwsError(
    "AccessDeniedException",
    `${who} is not authorized to perform: ${action} on resource: ${resource}`,
  );

const mayInvoke = (role: Role, functionArn: string): boolean =>
  role.trusts.has("scheduler.amazonaws.com") && roleAllows(role, "lambda:InvokeFunction", functionArn);

/** The services of one region of the simulated AWS, in which whoever calls whom must have been allowed to. */
export class Region {
  readonly place: Place;
  readonly clock: VirtualClock;
  readonly newId: () => string;
  readonly secretsManager: SecretsManager;
  readonly schedules: Schedules;
  readonly lambda: Lambda;
  readonly apis: RestApis;
  /** By name. */
  readonly tables = new Map<string, Table>();
  /** By ARN. */
  readonly queues = new Map<string, Queue>();
  /** By ARN. */
  readonly functions = new Map<string, DeployedFunction>();
  /** Names of the schedule groups. */
  readonly scheduleGroups = new Set(["default"]);
  /** What calls the next tick of a recurring schedule off, by the schedule's ARN. */
  readonly recurring = new Map<string, () => void>();
  readonly #roles: ReadonlyMap<string, Role>;

  constructor({ place, clock, newId, roles, onInvocation }: RegionOptions) {
    this.place = place;
    this.clock = clock;
    this.newId = newId;
    this.#roles = roles;
    this.lambda = new Lambda({ clock, onEnd: onInvocation });
    this.secretsManager = new SecretsManager({
      now: clock.now,
      newId,
      timers: clock,
      place,
      random: clock.random,
      rotationPauses: [minute, 5 * minute, 15 * minute, 60 * minute],
      invoke: async (functionArn, event) => {
        this.#requirePermission(functionArn, "secretsmanager.amazonaws.com", event.SecretId);
        return this.lambda.invoke(functionArn, event);
      },
    });
    this.apis = new RestApis({
      now: clock.now,
      newId,
      executionArn: (id) => this.executionArn(id),
      invoke: (functionArn, sourceArn, event) => this.#invokeForApi(functionArn, sourceArn, event),
    });
    this.schedules = new Schedules({
      now: clock.now,
      timers: clock,
      place,
      random: clock.random,
      // The model does not tell with which role: any that the scheduler may take on.
      deliver: async (targetArn, input) =>
        this.invokeAs(this.#schedulerRole(targetArn), targetArn, JSON.parse(input)),
      sendToDeadLetterQueue: (queueArn, input) => void this.queues.get(queueArn)?.send({ body: input }),
    });
  }

  arn(service: string, rest: string): string {
    return arn(this.place, service, rest);
  }

  executionArn(restApi: string): string {
    return this.arn("execute-api", restApi);
  }

  /** Calls a function as EventBridge Scheduler does: with a role that it takes on. */
  invokeAs(roleArn: string, functionArn: string, event: unknown): void {
    const role = this.#roles.get(roleArn);
    if (role === undefined || !mayInvoke(role, functionArn))
      throw denied(roleArn, "lambda:InvokeFunction", functionArn);
    this.lambda.invokeLater(functionArn, event);
  }

  queueByUrl(url: string): Queue | undefined {
    return this.queues.get(this.arn("sqs", url.split("/").at(-1) ?? ""));
  }

  makeTable(name: string, keyName: string): Table {
    if (this.tables.has(name)) throw new AwsError("ResourceInUseException", `Table already exists: ${name}`);
    const table = new Table(name, this.arn("dynamodb", `table/${name}`), keyName);
    this.tables.set(name, table);
    return table;
  }

  #schedulerRole(functionArn: string): string {
    const able = [...this.#roles.values()].find((role) => mayInvoke(role, functionArn));
    return able?.arn ?? "";
  }

  async #invokeForApi(functionArn: string, sourceArn: string, event: unknown): Promise<unknown> {
    const permissions = this.functions.get(functionArn)?.permissions.values() ?? [];
    if (!permits(permissions, "apigateway.amazonaws.com", sourceArn)) throw new RefusedCall(functionArn);
    try {
      return await this.lambda.invoke(functionArn, event);
    } catch (error) {
      throw error instanceof TooManyRequestsException ? new RefusedCall(functionArn) : error;
    }
  }

  #requirePermission(functionArn: string, principal: string, sourceArn: string): void {
    const permissions = this.functions.get(functionArn)?.permissions.values() ?? [];
    if (!permits(permissions, principal, sourceArn))
      throw denied(principal, "lambda:InvokeFunction", functionArn);
  }
}
