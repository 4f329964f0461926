import { IpSet } from "@pulumi/aws/wafv2/ipSet.js";
import { WebAcl } from "@pulumi/aws/wafv2/webAcl.js";
import { WebAclAssociation } from "@pulumi/aws/wafv2/webAclAssociation.js";
import * as pulumi from "@pulumi/pulumi";
import type { AwsPlace } from "../../../names.ts";
import { webhookRules } from "../../../webhook-rules.ts";

export interface WebhookShieldArgs {
  place: AwsPlace;
  /** ARN of the API's stage. */
  stageArn: pulumi.Input<string>;
  /** Where webhooks may come from; empty: from anywhere. */
  hookAddresses: readonly string[];
}

/** Keeps off what cannot be a webhook, so that it costs no call of the function. */
export class WebhookShield extends pulumi.ComponentResource {
  constructor(name: string, args: WebhookShieldArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:WebhookShield", name, {}, opts);
    const { place, stageArn, hookAddresses } = args;
    const scope = "REGIONAL";
    const hooks =
      hookAddresses.length === 0
        ? undefined
        : new IpSet(
            name,
            {
              name: `${place.prefix}-hooks`,
              description: "Where GitHub sends webhooks from",
              scope,
              ipAddressVersion: "IPV4",
              addresses: [...hookAddresses],
            },
            { parent: this },
          );
    const acl = new WebAcl(
      name,
      {
        name: `${place.prefix}-webhooks`,
        scope,
        defaultAction: { allow: {} },
        associationConfig: {
          requestBodies: [{ apiGateway: { defaultSizeInspectionLimit: "KB_64" } }],
        },
        rules: webhookRules(hooks?.arn),
        visibilityConfig: {
          cloudwatchMetricsEnabled: true,
          metricName: `${place.prefix}-webhooks`,
          sampledRequestsEnabled: false,
        },
      },
      { parent: this },
    );
    new WebAclAssociation(name, { resourceArn: stageArn, webAclArn: acl.arn }, { parent: this });
    this.registerOutputs({});
  }
}
