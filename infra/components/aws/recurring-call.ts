import { Schedule } from "@pulumi/aws/scheduler/schedule.js";
import * as pulumi from "@pulumi/pulumi";
import type { GuardFunctionName } from "../../function-catalogs.ts";
import type { AwsPlace } from "../../names.ts";
import { SchedulerRole } from "./scheduler-role.ts";

export interface RecurringCallArgs {
  place: AwsPlace;
  calls: GuardFunctionName;
  functionArn: pulumi.Input<string>;
  /** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based */
  rate: string;
  /** A call that could not be made is tried again for so long. */
  patienceSeconds: number;
  /** Where it goes then. */
  deadLetterArn: pulumi.Input<string>;
}

/** Calls one function again and again. */
export class RecurringCall extends pulumi.ComponentResource {
  constructor(name: string, args: RecurringCallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:RecurringCall", name, {}, opts);
    const { place, calls, functionArn, rate, patienceSeconds, deadLetterArn } = args;
    const role = new SchedulerRole(name, { place, calls, deadLetterArn }, { parent: this });
    new Schedule(
      name,
      {
        name: `${place.prefix}-${name}`,
        scheduleExpression: `rate(${rate})`,
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: functionArn,
          roleArn: role.arn,
          input: "{}",
          retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: patienceSeconds },
          deadLetterConfig: { arn: deadLetterArn },
        },
      },
      { parent: this, dependsOn: role.rights },
    );
    this.registerOutputs({});
  }
}
