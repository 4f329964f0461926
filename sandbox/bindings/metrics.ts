/**
 * CloudWatch: what was measured, and which alarms rang over it.
 *
 * Verified (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html,
 * alarm-evaluation.html; lambda/latest/dg/monitoring-metrics-types.html): an alarm compares one value for each period,
 * aligned to the period's length; a period without data is as `treatMissingData` says; Lambda counts Invocations,
 * Errors and Throttles per FunctionName; `SELECT SUM(metric) FROM SCHEMA(...)` sums over all series.
 * Gaps: alarms look at whole periods of the past when they are asked, with one evaluation period; of `AWS/SQS` nothing
 * is measured; other expressions than that one.
 */
import type { PropertyMap } from "../../engine/model/property.ts";
import { isMap } from "../../engine/model/property.ts";
import type { Metrics } from "../../functions/ports.ts";
import type { InvocationRecord } from "../runtime/lambda.ts";
import { map, optionalNumber, optionalText, texts } from "./inputs.ts";

export interface Measurement {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  value: number;
  at: number;
}

/** Everything that was measured. */
export class Measurements {
  readonly all: Measurement[] = [];

  /** The port with which functions measure. */
  port(now: () => number, namespace: string): Metrics {
    return {
      emit: (name, value, _unit, dimensions = {}) =>
        void this.all.push({ namespace, name, dimensions, value, at: now() }),
    };
  }

  /** What Lambda itself counts. */
  count({ name, endedAt, ending }: InvocationRecord): void {
    const dimensions = { FunctionName: name };
    const add = (metric: string, value: number) =>
      this.all.push({ namespace: "AWS/Lambda", name: metric, dimensions, value, at: endedAt });
    add("Invocations", 1);
    add("Errors", ending === "returned" ? 0 : 1);
  }
}

/** By nearest rank; how CloudWatch interpolates between two values it does not say. */
const percentile =
  (share: number) =>
  (values: number[]): number =>
    values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

const statistics: Readonly<Record<string, (values: number[]) => number>> = {
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  p95: percentile(0.95),
};

const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

/** What an alarm watches: which measurements, in which periods, with which statistic. */
const watchedBy = (
  alarm: PropertyMap,
): { periodSeconds: number; statistic: string; matches: (measured: Measurement) => boolean } => {
  const [query] = Array.isArray(alarm.metricQueries) ? alarm.metricQueries : [];
  if (isMap(query)) {
    const [, statistic = "", name, namespace] =
      /^SELECT (SUM)\((\w+)\) FROM SCHEMA\("([^"]+)"/.exec(String(query.expression)) ?? [];
    if (name === undefined)
      throw new Error(`The expression ${String(query.expression)} is not supported here.`);
    return {
      periodSeconds: optionalNumber(query, "period") ?? 300,
      statistic: statistic === "SUM" ? "Sum" : statistic,
      matches: (measured) => measured.name === name && measured.namespace === namespace,
    };
  }
  const dimensions = JSON.stringify(Object.entries(texts(map(alarm.dimensions))).sort());
  return {
    periodSeconds: optionalNumber(alarm, "period") ?? 300,
    statistic: optionalText(alarm, "statistic") ?? optionalText(alarm, "extendedStatistic") ?? "",
    matches: (measured) =>
      measured.name === alarm.metricName &&
      measured.namespace === alarm.namespace &&
      JSON.stringify(Object.entries(measured.dimensions).sort()) === dimensions,
  };
};

/** Whether an alarm, as `aws:cloudwatch/metricAlarm:MetricAlarm` declares it, rang in a whole period of that time. */
export const hasRung = (
  alarm: PropertyMap,
  measurements: readonly Measurement[],
  from: number,
  to: number,
): boolean => {
  const { periodSeconds, statistic, matches } = watchedBy(alarm);
  const length = periodSeconds * 1000;
  const compute = statistics[statistic];
  const compare = comparisons[String(alarm.comparisonOperator)];
  if (compute === undefined || compare === undefined)
    throw new Error(
      `The alarm ${String(alarm.name)}: ${statistic} ${String(alarm.comparisonOperator)} is not supported here.`,
    );
  const periods = Map.groupBy(
    measurements.filter((measured) => measured.at >= from && measured.at < to && matches(measured)),
    ({ at }) => Math.floor(at / length),
  );
  for (let period = Math.ceil(from / length); (period + 1) * length <= to; period += 1) {
    const values = periods.get(period)?.map(({ value }) => value);
    const rings =
      values === undefined
        ? alarm.treatMissingData === "breaching"
        : compare(compute(values), Number(alarm.threshold));
    if (rings) return true;
  }
  return false;
};
