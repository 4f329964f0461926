import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import * as pulumi from "@pulumi/pulumi";
import type { GuardFunctionName } from "../../function-catalogs.ts";
import { policy, trust } from "../../iam/policy.ts";
import { type AwsPlace, functionArn } from "../../names.ts";

export interface SchedulerRoleArgs {
  place: AwsPlace;
  /** The only function that it may call. */
  calls: GuardFunctionName;
  /** Where a call goes that could not be made. */
  deadLetterArn: pulumi.Input<string>;
}

/** The role with which EventBridge Scheduler calls one function. */
export class SchedulerRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly rights: RolePolicy;

  constructor(name: string, args: SchedulerRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:SchedulerRole", name, {}, opts);
    const { place, calls, deadLetterArn } = args;
    const role = new Role(
      name,
      {
        assumeRolePolicy: trust("scheduler.amazonaws.com", {
          StringEquals: { "aws:SourceAccount": place.accountId },
        }),
      },
      { parent: this },
    );
    this.rights = new RolePolicy(
      name,
      {
        role: role.id,
        policy: policy([
          { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: [functionArn(place, calls)] },
          { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [deadLetterArn] },
        ]),
      },
      { parent: this },
    );
    this.arn = role.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
