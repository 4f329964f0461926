import { createHash } from "node:crypto";
import { Deployment } from "@pulumi/aws/apigateway/deployment.js";
import { MethodSettings } from "@pulumi/aws/apigateway/methodSettings.js";
import { RestApi } from "@pulumi/aws/apigateway/restApi.js";
import { Stage } from "@pulumi/aws/apigateway/stage.js";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Permission } from "@pulumi/aws/lambda/permission.js";
import * as pulumi from "@pulumi/pulumi";
import type { AwsPlace } from "../../../names.ts";
import { webhookApi, webhookMethod, webhookPath } from "../../../webhook-api.ts";
import type { GuardFunction } from "../guard-function.ts";

export interface WebhookEndpointArgs {
  place: AwsPlace;
  receive: GuardFunction;
  logRetentionDays: number;
  /** What lets API Gateway write logs, where the stack has set it. */
  logRole: pulumi.Resource | undefined;
}

/** Room for a thousand webhooks at once: a pattern's first scan of the history raises as many alerts. */
const throttling = { throttlingBurstLimit: 2000, throttlingRateLimit: 500 };

/** Who called, when, and what became of it; nothing of what was said. */
const logged = JSON.stringify({
  requestId: "$context.requestId",
  at: "$context.requestTimeEpoch",
  from: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
  method: "$context.httpMethod",
  path: "$context.path",
  status: "$context.status",
  shield: "$context.waf.status",
  milliseconds: "$context.responseLatency",
  length: "$context.responseLength",
});

/** Where GitHub's webhooks arrive: a REST API, because a web ACL guards no other kind. */
export class WebhookEndpoint extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;
  readonly stage: Stage;

  constructor(name: string, args: WebhookEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:WebhookEndpoint", name, {}, opts);
    const body = JSON.stringify(webhookApi(args.place));
    const api = this.#api(name, args, body);
    this.stage = this.#stage(name, args, api, body);
    this.#throttling(name, api, this.stage);
    this.#permission(name, args, api);
    this.url = pulumi.interpolate`${this.stage.invokeUrl}${webhookPath}`;
    this.registerOutputs({ url: this.url });
  }

  #api(name: string, { place }: WebhookEndpointArgs, body: string): RestApi {
    return new RestApi(
      name,
      {
        name: `${place.prefix}-${name}`,
        description: "Takes GitHub's webhooks",
        endpointConfiguration: { types: "REGIONAL" },
        body,
      },
      { parent: this },
    );
  }

  #stage(name: string, args: WebhookEndpointArgs, api: RestApi, body: string): Stage {
    const deployment = new Deployment(
      name,
      {
        restApi: api.id,
        triggers: { document: createHash("sha256").update(body).digest("hex") },
      },
      { parent: this },
    );
    const log = new LogGroup(
      name,
      { name: `/${args.place.prefix}/access/${name}`, retentionInDays: args.logRetentionDays },
      { parent: this },
    );
    return new Stage(
      name,
      {
        restApi: api.id,
        deployment: deployment.id,
        stageName: "live",
        accessLogSettings: { destinationArn: log.arn, format: logged },
      },
      { parent: this, dependsOn: args.logRole === undefined ? [] : [args.logRole] },
    );
  }

  #throttling(name: string, api: RestApi, stage: Stage): void {
    new MethodSettings(
      name,
      {
        restApi: api.id,
        stageName: stage.stageName,
        methodPath: "*/*",
        settings: { ...throttling, metricsEnabled: true, loggingLevel: "OFF", dataTraceEnabled: false },
      },
      { parent: this },
    );
  }

  #permission(name: string, { receive }: WebhookEndpointArgs, api: RestApi): void {
    new Permission(
      name,
      {
        function: receive.arn,
        action: "lambda:InvokeFunction",
        principal: "apigateway.amazonaws.com",
        sourceArn: pulumi.interpolate`${api.executionArn}/*/${webhookMethod}${webhookPath}`,
      },
      { parent: this },
    );
  }
}
