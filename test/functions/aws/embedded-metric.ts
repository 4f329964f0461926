import type { MetricUnit } from "../../../functions/ports.ts";

export interface CloudWatchMetric {
  namespace: string;
  timestamp: number;
  name: string;
  value: number;
  unit: MetricUnit;
  dimensions: Record<string, string>;
}

interface Entry {
  _aws: {
    Timestamp: number;
    CloudWatchMetrics: {
      Namespace: string;
      Dimensions: string[][];
      Metrics: { Name: string; Unit: MetricUnit }[];
    }[];
  };
  [field: string]: unknown;
}

/**
 * The metrics that CloudWatch takes from log lines: each name and dimension is a reference to a field of the entry.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const readEmbeddedMetrics = (text: string): CloudWatchMetric[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Entry => JSON.parse(line))
    .flatMap((entry) =>
      entry._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
        Dimensions.flatMap((names) =>
          Metrics.map(({ Name, Unit }) => {
            const dimensions = Object.fromEntries(names.map((name) => [name, entry[name]]));
            for (const value of Object.values(dimensions))
              if (typeof value !== "string") throw new Error(`A dimension refers to no text: ${line(entry)}`);
            const value = entry[Name];
            if (typeof value !== "number") throw new Error(`A metric refers to no number: ${line(entry)}`);
            return {
              namespace: Namespace,
              timestamp: entry._aws.Timestamp,
              name: Name,
              value,
              unit: Unit,
              dimensions: dimensions as Record<string, string>,
            };
          }),
        ),
      ),
    );

const line = (entry: Entry): string => JSON.stringify(entry);
