import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { FlowLog } from "@pulumi/aws/ec2/flowLog.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import * as pulumi from "@pulumi/pulumi";
import { policy, trust } from "../../iam/policy.ts";
import type { AwsPlace } from "../../names.ts";

export interface FlowLogsArgs {
  place: AwsPlace;
  vpcId: pulumi.Input<string>;
  retentionDays: number;
}

/** Who called whom in a network, as a log. */
export class FlowLogs extends pulumi.ComponentResource {
  constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:FlowLogs", name, {}, opts);
    const group = new LogGroup(
      name,
      { name: `/${args.place.prefix}/flow-logs/${name}`, retentionInDays: args.retentionDays },
      { parent: this },
    );
    const role = this.#role(name, args);
    const rights = this.#rights(name, role, group);
    new FlowLog(
      name,
      {
        vpcId: args.vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: group.arn,
        iamRoleArn: role.arn,
      },
      { parent: this, dependsOn: [rights] },
    );
    this.registerOutputs({});
  }

  #role(name: string, { place }: FlowLogsArgs): Role {
    return new Role(
      name,
      {
        description: "Writes the flow logs",
        assumeRolePolicy: trust("vpc-flow-logs.amazonaws.com", {
          StringEquals: { "aws:SourceAccount": place.accountId },
        }),
      },
      { parent: this },
    );
  }

  /** https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html, for this group alone */
  #rights(name: string, role: Role, group: LogGroup): RolePolicy {
    const write = {
      Effect: "Allow" as const,
      Action: [
        "logs:CreateLogStream",
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
        "logs:PutLogEvents",
      ],
      Resource: [group.arn, pulumi.interpolate`${group.arn}:*`],
    };
    return new RolePolicy(name, { role: role.id, policy: policy([write]) }, { parent: this });
  }
}
