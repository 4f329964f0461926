import type { Metrics } from "../ports.ts";

/**
 * Metrics as log lines, which CloudWatch Logs reads: no call, no right, no waiting.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const embeddedMetrics = (
  namespace: string,
  write: (line: string) => void,
  now: () => number = Date.now,
): Metrics => ({
  emit: (name, value, unit, dimensions = {}) => {
    const directive = {
      Namespace: namespace,
      Dimensions: [Object.keys(dimensions)],
      Metrics: [{ Name: name, Unit: unit }],
    };
    const entry = {
      _aws: { Timestamp: now(), CloudWatchMetrics: [directive] },
      ...dimensions,
      [name]: value,
    };
    write(`${JSON.stringify(entry)}\n`);
  },
});
