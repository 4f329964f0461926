import { leakMetricNames } from "../functions/revoker/metrics.ts";
import type { AlarmDefinition, Watched } from "./alarm-catalog.ts";
import type { LeakConfig } from "./config/leak-schema.ts";
import { functionName } from "./names.ts";

/** Beside the replacement: what looking, judging and containing take when a call or two is tried again. */
const beyondReplacementSeconds = 10;

/** Somebody tries the door now and then; this is more. */
const fewRefusals = 20;

/** What is watched of the answer to leaks, beside its functions. */
export const leakAlarms = (leak: LeakConfig, prefix: string, namespace: string): AlarmDefinition[] => {
  const watch = (metric: string): Watched => ({ metric, namespace, dimensions: {} });
  const any = {
    statistic: "Sum",
    comparison: "GreaterThanThreshold",
    threshold: 0,
    periodSeconds: 300,
  } as const;
  const slowest = leak.replaceDeadlineSeconds + beyondReplacementSeconds;
  return [
    {
      ...any,
      name: "leak-contained-late",
      description: `From a webhook to the dead credential it took more than ${slowest} seconds in one of 20 leaks. The log of revoke names the slow call.`,
      watched: watch(leakMetricNames.receiptToContainment),
      statistic: "p95",
      threshold: slowest * 1000,
    },
    {
      ...any,
      name: "leak-verdict-unknown",
      description: "Nobody can say whether a leaked secret is live. The log of revoke says why.",
      watched: watch(leakMetricNames.unknownVerdicts),
    },
    {
      ...any,
      name: "leak-held",
      description: "A leak waits for a person. The page in the security channel says what to send.",
      watched: watch(leakMetricNames.heldCases),
    },
    {
      ...any,
      name: "leak-found-by-sweep",
      description:
        "GitHub did not deliver a leak, or a function left one half done; the sweep has taken it up. Look at the logs if this lasts.",
      watched: watch(leakMetricNames.sweeperFinds),
    },
    {
      ...any,
      name: "leak-sweep-failed",
      description:
        "The sweep could not look at everything. It tries again in five minutes: look at its log if this lasts.",
      watched: watch(leakMetricNames.sweepFailures),
    },
    {
      ...any,
      name: "leak-report-failed",
      description:
        "Somebody could not be told of a leak; the containment stands. It is tried again: look at the log of report if this lasts.",
      watched: watch(leakMetricNames.reportFailures),
    },
    {
      ...any,
      name: "webhooks-refused",
      description: `More than ${fewRefusals} webhooks in five minutes were refused: somebody tries signatures, or GitHub has another secret than the stack. Deploy the stack again for the latter.`,
      watched: watch(leakMetricNames.webhooksRefused),
      threshold: fewRefusals,
    },
    {
      ...any,
      name: "webhooks-failed",
      description:
        "GitHub got an error of ours for a webhook. The sweep has it delivered again: look at the log of receive if this lasts.",
      watched: {
        metric: "5XXError",
        namespace: "AWS/ApiGateway",
        dimensions: { ApiName: `${prefix}-webhooks`, Stage: "live" },
      },
    },
    {
      name: "sweep-silent",
      description:
        "The sweep has not run for half an hour: what GitHub does not deliver is lost until it does. Look at its schedule.",
      watched: {
        metric: "Invocations",
        namespace: "AWS/Lambda",
        dimensions: { FunctionName: functionName(prefix, "sweep") },
      },
      statistic: "Sum",
      comparison: "LessThanThreshold",
      threshold: 1,
      periodSeconds: 1800,
      onSilence: true,
    },
  ];
};
