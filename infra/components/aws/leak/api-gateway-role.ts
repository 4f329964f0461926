import { Account } from "@pulumi/aws/apigateway/account.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import * as pulumi from "@pulumi/pulumi";
import { trust } from "../../../iam/policy.ts";
import { type AwsPlace, partitionOf } from "../../../names.ts";

export interface ApiGatewayRoleArgs {
  place: AwsPlace;
}

/**
 * The role with which API Gateway writes logs, for every API of the account in the region. Its policy is AWS's own:
 * API Gateway takes no role that may do less.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html#set-up-access-logging-permissions
 */
export class ApiGatewayRole extends pulumi.ComponentResource {
  readonly account: Account;

  constructor(name: string, { place }: ApiGatewayRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:ApiGatewayRole", name, {}, opts);
    const role = new Role(
      name,
      { description: "Writes API Gateway's logs", assumeRolePolicy: trust("apigateway.amazonaws.com") },
      { parent: this },
    );
    const rights = new RolePolicyAttachment(
      name,
      {
        role: role.name,
        policyArn: `arn:${partitionOf(place.region)}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
      },
      { parent: this },
    );
    this.account = new Account(name, { cloudwatchRoleArn: role.arn }, { parent: this, dependsOn: [rights] });
    this.registerOutputs({});
  }
}
