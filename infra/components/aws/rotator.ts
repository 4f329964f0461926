import { Permission } from "@pulumi/aws/lambda/permission.js";
import { ScheduleGroup } from "@pulumi/aws/scheduler/scheduleGroup.js";
import * as pulumi from "@pulumi/pulumi";
import { type FunctionName, functionCatalog } from "../../../functions/catalog.ts";
import { metricNamespaceOf } from "../../../functions/rotator/metrics.ts";
import type { PortVariables } from "../../function-environment.ts";
import type { ResourceArns } from "../../iam/function-policy.ts";
import { type AwsPlace, arn, functionArn } from "../../names.ts";
import type { CredentialStore } from "./credential-store.ts";
import { DeadLetters } from "./dead-letters.ts";
import type { Egress } from "./egress.ts";
import { functionMaker } from "./function-maker.ts";
import { FunctionQueue } from "./function-queue.ts";
import type { GuardFunction } from "./guard-function.ts";
import type { Ledger } from "./ledger.ts";
import { RecurringCall } from "./recurring-call.ts";
import { SchedulerRole } from "./scheduler-role.ts";

export interface RotatorArgs {
  place: AwsPlace;
  egress: Egress;
  store: CredentialStore;
  ledger: Ledger;
  /** The secrets that are rotated. */
  secretArns: readonly pulumi.Input<string>[];
  /** The text of `declarations.json`. */
  declarations: pulumi.Output<string>;
  /** Genesys Cloud region. */
  region: string;
  logRetentionDays: number;
}

/** The functions that rotate, and whatever calls them. */
export class Rotator extends pulumi.ComponentResource {
  readonly functions: ReadonlyMap<FunctionName, GuardFunction>;
  readonly deadLetters: DeadLetters;
  readonly emergencies: FunctionQueue;
  /** What the functions' ports reach: other functions have some of the same ports. */
  readonly arns: ResourceArns;
  readonly variables: PortVariables<pulumi.Input<string>>;
  /** Lets Secrets Manager call `rotate`: whoever has it do so waits for this. */
  readonly rotationPermission: Permission;

  constructor(name: string, args: RotatorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:Rotator", name, {}, opts);
    const { place } = args;
    const child = { parent: this };
    const functions = functionCatalog.map((definition) => definition.name);
    this.deadLetters = new DeadLetters("dead-letters", { place, functions }, child);
    this.emergencies = new FunctionQueue(
      "emergencies",
      { place, feeds: "emergency", deadLetterArn: this.deadLetters.arnOf("emergency"), maxReceives: 10 },
      child,
    );
    const group = new ScheduleGroup("retirements", { name: `${place.prefix}-retirements` }, child);
    const retirements = new SchedulerRole(
      "retirements",
      { place, calls: "retire", deadLetterArn: this.deadLetters.arnOf("retire") },
      child,
    );
    this.arns = this.#arns(args, retirements);
    this.variables = this.#variables(args, group, retirements);
    this.functions = this.#functions(args);
    this.rotationPermission = this.#rotationPermission(place);
    this.#reconciliation(place);
    this.emergencies.feed("emergencies", { functionArn: this.functionArn("emergency"), batchSize: 10 });
    this.registerOutputs({});
  }

  functionArn(name: FunctionName): pulumi.Output<string> {
    const found = this.functions.get(name);
    if (found === undefined) throw new Error(`There is no function "${name}"`);
    return found.arn;
  }

  #arns({ place, secretArns, store, ledger }: RotatorArgs, retirements: SchedulerRole): ResourceArns {
    return {
      rotatedSecrets: secretArns,
      secretsKey: [store.keyArn],
      ledgerTable: [ledger.tableArn],
      retirementSchedules: [arn(place, "scheduler", `schedule/${place.prefix}-retirements/*`)],
      schedulerRole: [retirements.arn],
      emergencyQueue: [this.emergencies.arn],
      rotateFunction: [functionArn(place, "rotate")],
    };
  }

  #variables(
    { place, region, ledger }: RotatorArgs,
    group: ScheduleGroup,
    retirements: SchedulerRole,
  ): PortVariables<pulumi.Input<string>> {
    return {
      GENESYSCLOUD_REGION: region,
      METRIC_NAMESPACE: metricNamespaceOf(place.prefix),
      LEDGER_TABLE: ledger.tableName,
      SCHEDULE_GROUP: group.name,
      RETIRE_FUNCTION_ARN: functionArn(place, "retire"),
      SCHEDULER_ROLE_ARN: retirements.arn,
      SCHEDULE_DEAD_LETTER_ARN: this.deadLetters.arnOf("retire"),
      EMERGENCY_QUEUE_URL: this.emergencies.url,
    };
  }

  #functions({
    place,
    egress,
    logRetentionDays,
    declarations,
  }: RotatorArgs): Map<FunctionName, GuardFunction> {
    const { arns, variables, deadLetters } = this;
    const make = functionMaker(
      {
        definitions: functionCatalog,
        place,
        egress,
        logRetentionDays,
        variables,
        arns,
        queues: { emergency: this.emergencies },
        deadLetters,
      },
      this,
    );
    return new Map(
      functionCatalog.map(({ name }) => [name, make(name, { "declarations.json": declarations })]),
    );
  }

  /**
   * For this account's secrets alone.
   * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
   */
  #rotationPermission({ accountId }: AwsPlace): Permission {
    return new Permission(
      "rotate",
      {
        function: this.functionArn("rotate"),
        action: "lambda:InvokeFunction",
        principal: "secretsmanager.amazonaws.com",
        sourceAccount: accountId,
      },
      { parent: this },
    );
  }

  #reconciliation(place: AwsPlace): void {
    new RecurringCall(
      "reconciliation",
      {
        place,
        calls: "reconcile",
        functionArn: this.functionArn("reconcile"),
        rate: "1 hour",
        patienceSeconds: 3600,
        deadLetterArn: this.deadLetters.arnOf("reconcile"),
      },
      { parent: this },
    );
  }
}
