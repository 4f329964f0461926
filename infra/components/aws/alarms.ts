import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import { Topic } from "@pulumi/aws/sns/topic.js";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription.js";
import * as pulumi from "@pulumi/pulumi";
import { type AlarmDefinition, alarmCatalog } from "../../alarm-catalog.ts";
import type { AwsConfig } from "../../config/aws-config.ts";
import type { ClientConfig } from "../../config/schema.ts";
import { policy } from "../../iam/policy.ts";
import { type AwsPlace, arn } from "../../names.ts";

export interface AlarmsArgs {
  aws: AwsConfig;
  place: AwsPlace;
  /** The clients that are rotated. */
  clients: readonly ClientConfig[];
}

/** Tells somebody when the rotations fail, or fall silent. */
export class Alarms extends pulumi.ComponentResource {
  constructor(name: string, args: AlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:Alarms", name, {}, opts);
    const { aws, place, clients } = args;
    const topicArn = aws.alarms.topicArn ?? this.#topic(name, args);
    for (const definition of alarmCatalog(aws, clients, place.prefix)) {
      this.#alarm(definition, place, topicArn);
    }
    this.registerOutputs({});
  }

  #topic(name: string, { aws, place }: AlarmsArgs): pulumi.Output<string> {
    const topicName = `${place.prefix}-alarms`;
    const topic = new Topic(
      name,
      {
        name: topicName,
        policy: policy([
          {
            Sid: "Alarms",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: ["sns:Publish"],
            Resource: [arn(place, "sns", topicName)],
            Condition: { StringEquals: { "aws:SourceAccount": place.accountId } },
          },
        ]),
      },
      { parent: this },
    );
    for (const endpoint of aws.alarms.emails) {
      new TopicSubscription(endpoint, { topic: topic.arn, protocol: "email", endpoint }, { parent: this });
    }
    return topic.arn;
  }

  #alarm(definition: AlarmDefinition, { prefix }: AwsPlace, topicArn: pulumi.Input<string>): void {
    const { name, watched, statistic, periodSeconds } = definition;
    new MetricAlarm(
      name,
      {
        name: `${prefix}-${name}`,
        alarmDescription: definition.description,
        comparisonOperator: definition.comparison,
        threshold: definition.threshold,
        evaluationPeriods: 1,
        treatMissingData: definition.onSilence === true ? "breaching" : "notBreaching",
        alarmActions: [topicArn],
        okActions: [topicArn],
        ...("query" in watched
          ? {
              metricQueries: [
                { id: "all", expression: watched.query, period: periodSeconds, returnData: true },
              ],
            }
          : {
              namespace: watched.namespace,
              metricName: watched.metric,
              dimensions: watched.dimensions,
              ...(statistic === "p95" ? { extendedStatistic: statistic } : { statistic }),
              period: periodSeconds,
            }),
      },
      { parent: this },
    );
  }
}
