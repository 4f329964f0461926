import { overdueAfterSeconds } from "../core/rotation/health.ts";
import { functionCatalog, leakCatalog } from "../functions/catalog.ts";
import { metricNames, metricNamespaceOf } from "../functions/rotator/metrics.ts";
import type { AwsConfig } from "./config/aws-config.ts";
import { mostGenerations } from "./config/capacity.ts";
import { rotationOf } from "./config/rotated-clients.ts";
import type { ClientConfig } from "./config/schema.ts";
import { type GuardFunctionName, isAwaited } from "./function-catalogs.ts";
import { leakAlarms } from "./leak-alarms.ts";
import { deadLetterQueueName, functionName } from "./names.ts";

/** What is watched: one series of a metric, or the sum over all its series. */
export type Watched =
  | { metric: string; namespace: string; dimensions: Readonly<Record<string, string>> }
  | { query: string };

/** One alarm, as data. It rings on one period that breaks the rule. */
export interface AlarmDefinition {
  name: string;
  /** What it means, and what to look at first. */
  description: string;
  watched: Watched;
  statistic: "Maximum" | "Minimum" | "Sum" | "p95";
  comparison: "GreaterThanThreshold" | "LessThanThreshold";
  threshold: number;
  periodSeconds: number;
  /** Whether silence is an alarm too. Default false. */
  onSilence?: boolean;
}

/** Reconcile has an overdue credential rotated within the hour; that takes a while, too. */
const repairSeconds = 2 * 3600;

const credentialAlarms = (client: ClientConfig, aws: AwsConfig, namespace: string): AlarmDefinition[] => {
  const watch = (metric: string): Watched => ({
    metric,
    namespace,
    dimensions: { Credential: client.id },
  });
  const { intervalHours } = rotationOf(client);
  const most = mostGenerations(client, aws);
  return [
    {
      name: `${client.id}-secret-too-old`,
      description: `The secret of "${client.id}" is overdue for its rotation every ${intervalHours} hours, and reconcile could not help it. Look at the log of rotate.`,
      watched: watch(metricNames.oldestSecretAge),
      statistic: "Maximum",
      comparison: "GreaterThanThreshold",
      threshold: overdueAfterSeconds(intervalHours * 3600) + repairSeconds,
      periodSeconds: 3600,
    },
    {
      name: `${client.id}-too-many-generations`,
      description: `"${client.id}" has more than ${most} clients on the platform: old ones are not deleted. Look at the logs of retire and reconcile.`,
      watched: watch(metricNames.generationsAlive),
      statistic: "Maximum",
      comparison: "GreaterThanThreshold",
      threshold: most,
      periodSeconds: 3600,
    },
    {
      name: `${client.id}-old-generation-in-use`,
      description: `Somebody uses an old generation of "${client.id}" beyond its time: a user that does not read the secret again. Find it before the generation ends.`,
      watched: watch(metricNames.oldGenerationInUse),
      statistic: "Maximum",
      comparison: "GreaterThanThreshold",
      threshold: 0,
      periodSeconds: 3600,
    },
  ];
};

const stackAlarms = ({ rotation }: AwsConfig, namespace: string): AlarmDefinition[] => [
  {
    name: "rotation-step-failed",
    description: "A step of a rotation failed. It is tried again; look at the log of rotate if this lasts.",
    watched: {
      query: `SELECT SUM(${metricNames.stepFailed}) FROM SCHEMA("${namespace}", Credential, Step)`,
    },
    statistic: "Sum",
    comparison: "GreaterThanThreshold",
    threshold: 0,
    periodSeconds: 300,
  },
  {
    name: "quota-headroom",
    description:
      "The organisation has hardly room for another OAuth client: rotations are about to be refused. Delete clients, or have the limit raised.",
    watched: { metric: metricNames.quotaHeadroom, namespace, dimensions: {} },
    statistic: "Minimum",
    comparison: "LessThanThreshold",
    threshold: rotation.quotaReserve + 1,
    periodSeconds: 3600,
  },
  {
    name: "orphans-found",
    description:
      "Clients with this stack's marker are on the platform that nothing knows. Look at the log of reconcile.",
    watched: { metric: metricNames.orphansFound, namespace, dimensions: {} },
    statistic: "Maximum",
    comparison: "GreaterThanThreshold",
    threshold: 0,
    periodSeconds: 3600,
  },
];

const deadLetterAlarm = (name: GuardFunctionName, prefix: string): AlarmDefinition => ({
  name: `${name}-dead-letters`,
  description: `Events that ${name} failed on lie in its queue of dead letters for 14 days. Mend the cause, then send them again.`,
  watched: {
    metric: "ApproximateNumberOfMessagesVisible",
    namespace: "AWS/SQS",
    dimensions: { QueueName: deadLetterQueueName(prefix, name) },
  },
  statistic: "Maximum",
  comparison: "GreaterThanThreshold",
  threshold: 0,
  periodSeconds: 300,
});

const functionAlarms = (name: GuardFunctionName, prefix: string): AlarmDefinition[] => {
  const watch = (metric: string): Watched => ({
    metric,
    namespace: "AWS/Lambda",
    dimensions: { FunctionName: functionName(prefix, name) },
  });
  const rising = {
    statistic: "Sum",
    comparison: "GreaterThanThreshold",
    threshold: 0,
    periodSeconds: 300,
  } as const;
  return [
    {
      name: `${name}-errors`,
      description: `The function ${name} fails. Look at its log.`,
      watched: watch("Errors"),
      ...rising,
    },
    {
      name: `${name}-throttles`,
      description: `The function ${name} is called more often than its reserved concurrency lets through.`,
      watched: watch("Throttles"),
      ...rising,
    },
    ...(isAwaited(name) ? [] : [deadLetterAlarm(name, prefix)]),
  ];
};

const silenceAlarm = (prefix: string): AlarmDefinition => ({
  name: "reconcile-silent",
  description:
    "Reconcile has not run for two hours, and with it nothing that watches the rotations. Look at its schedule.",
  watched: {
    metric: "Invocations",
    namespace: "AWS/Lambda",
    dimensions: { FunctionName: functionName(prefix, "reconcile") },
  },
  statistic: "Sum",
  comparison: "LessThanThreshold",
  threshold: 1,
  periodSeconds: 7200,
  onSilence: true,
});

/** Every alarm of a stack whose names begin with `prefix`. */
export const alarmCatalog = (
  aws: AwsConfig,
  rotated: readonly ClientConfig[],
  prefix: string,
): AlarmDefinition[] => {
  const namespace = metricNamespaceOf(prefix);
  return [
    ...rotated.flatMap((client) => credentialAlarms(client, aws, namespace)),
    ...stackAlarms(aws, namespace),
    ...functionCatalog.flatMap(({ name }) => functionAlarms(name, prefix)),
    silenceAlarm(prefix),
    ...(aws.leak === undefined
      ? []
      : [
          ...leakAlarms(aws.leak, prefix, namespace),
          ...leakCatalog.flatMap(({ name }) => functionAlarms(name, prefix)),
        ]),
  ];
};
