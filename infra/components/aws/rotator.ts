import { EventSourceMapping } from "@pulumi/aws/lambda/eventSourceMapping.js";
import { Permission } from "@pulumi/aws/lambda/permission.js";
import { Schedule } from "@pulumi/aws/scheduler/schedule.js";
import { ScheduleGroup } from "@pulumi/aws/scheduler/scheduleGroup.js";
import * as pulumi from "@pulumi/pulumi";
import { permissionsOf } from "../../../functions/aws/permissions.ts";
import { type FunctionName, functionCatalog } from "../../../functions/catalog.ts";
import { metricNamespaceOf } from "../../../functions/rotator/metrics.ts";
import { bundleFunctions } from "../../bundles.ts";
import { functionEnvironment, type PortVariables } from "../../function-environment.ts";
import { functionStatements, type ResourceArns } from "../../iam/function-policy.ts";
import { type AwsPlace, arn, functionArn } from "../../names.ts";
import type { CredentialStore } from "./credential-store.ts";
import { DeadLetters } from "./dead-letters.ts";
import type { Egress } from "./egress.ts";
import { EmergencyQueue } from "./emergency-queue.ts";
import type { Ledger } from "./ledger.ts";
import { RotatorFunction } from "./rotator-function.ts";
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
  readonly functions: ReadonlyMap<FunctionName, RotatorFunction>;
  readonly deadLetters: DeadLetters;
  readonly emergencyQueueUrl: pulumi.Output<string>;
  /** Lets Secrets Manager call `rotate`: whoever has it do so waits for this. */
  readonly rotationPermission: Permission;

  constructor(name: string, args: RotatorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:Rotator", name, {}, opts);
    const { place } = args;
    const child = { parent: this };
    this.deadLetters = new DeadLetters("dead-letters", { place }, child);
    const emergencies = new EmergencyQueue("emergencies", { place, deadLetters: this.deadLetters }, child);
    this.emergencyQueueUrl = emergencies.url;
    const group = new ScheduleGroup("retirements", { name: `${place.prefix}-retirements` }, child);
    const retirements = new SchedulerRole(
      "retirements",
      { place, calls: "retire", deadLetterArn: this.deadLetters.arnOf("retire") },
      child,
    );
    const arns: ResourceArns = {
      rotatedSecrets: args.secretArns,
      secretsKey: [args.store.keyArn],
      ledgerTable: [args.ledger.tableArn],
      retirementSchedules: [arn(place, "scheduler", `schedule/${place.prefix}-retirements/*`)],
      schedulerRole: [retirements.arn],
      emergencyQueue: [emergencies.arn],
      rotateFunction: [functionArn(place, "rotate")],
    };
    const variables = {
      GENESYSCLOUD_REGION: args.region,
      METRIC_NAMESPACE: metricNamespaceOf(place.prefix),
      LEDGER_TABLE: args.ledger.tableName,
      SCHEDULE_GROUP: group.name,
      RETIRE_FUNCTION_ARN: functionArn(place, "retire"),
      SCHEDULER_ROLE_ARN: retirements.arn,
      SCHEDULE_DEAD_LETTER_ARN: this.deadLetters.arnOf("retire"),
      EMERGENCY_QUEUE_URL: emergencies.url,
    };
    this.functions = this.#functions(args, arns, variables, emergencies);
    this.rotationPermission = this.#rotationPermission(place);
    this.#reconciliation(place);
    this.#emergencySource(emergencies);
    this.registerOutputs({});
  }

  functionArn(name: FunctionName): pulumi.Output<string> {
    const found = this.functions.get(name);
    if (found === undefined) throw new Error(`There is no function "${name}"`);
    return found.arn;
  }

  #functions(
    args: RotatorArgs,
    arns: ResourceArns,
    variables: PortVariables<pulumi.Input<string>>,
    emergencies: EmergencyQueue,
  ): Map<FunctionName, RotatorFunction> {
    const bundles = bundleFunctions(functionCatalog);
    return new Map(
      functionCatalog.map((definition) => {
        const { name, trigger } = definition;
        const fed = trigger === "emergencyQueue";
        const made = new RotatorFunction(
          name,
          {
            definition,
            place: args.place,
            egress: args.egress,
            code: bundles.get(name) ?? "",
            declarations: args.declarations,
            environment: functionEnvironment(definition, variables),
            statements: functionStatements(permissionsOf(definition), arns),
            logRetentionDays: args.logRetentionDays,
            sourceQueueArn: fed ? emergencies.arn : undefined,
            deadLetterArn: fed ? undefined : this.deadLetters.arnOf(name),
          },
          { parent: this },
        );
        return [name, made];
      }),
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
    const role = new SchedulerRole(
      "reconciliation",
      { place, calls: "reconcile", deadLetterArn: this.deadLetters.arnOf("reconcile") },
      { parent: this },
    );
    new Schedule(
      "reconciliation",
      {
        name: `${place.prefix}-reconciliation`,
        scheduleExpression: "rate(1 hour)",
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: this.functionArn("reconcile"),
          roleArn: role.arn,
          input: "{}",
          retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 },
          deadLetterConfig: { arn: this.deadLetters.arnOf("reconcile") },
        },
      },
      { parent: this, dependsOn: role.rights },
    );
  }

  #emergencySource(emergencies: EmergencyQueue): void {
    new EventSourceMapping(
      "emergencies",
      {
        eventSourceArn: emergencies.arn,
        functionName: this.functionArn("emergency"),
        batchSize: 10,
        functionResponseTypes: ["ReportBatchItemFailures"],
        scalingConfig: { maximumConcurrency: 2 },
      },
      { parent: this },
    );
  }
}
