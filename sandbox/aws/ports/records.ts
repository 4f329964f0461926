import type { Log, Metrics, MetricUnit } from "../../../functions/ports.ts";

export interface EmittedMetric {
  name: string;
  value: number;
  unit: MetricUnit;
  dimensions: Readonly<Record<string, string>>;
}

export interface LogEntry {
  level: "info" | "warn" | "error";
  message: string;
  fields: Readonly<Record<string, unknown>>;
}

/** Keeps what was written last: a simulated year writes millions of lines. */
class Tail<T> {
  readonly #most: number;
  readonly entries: T[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  push(entry: T): void {
    this.entries.push(entry);
    if (this.entries.length >= 2 * this.#most) this.entries.splice(0, this.entries.length - this.#most);
  }
}

/** Metrics that remember the last ones, at least `most` of them. */
export const recordedMetrics = (most: number): Metrics & { emitted: readonly EmittedMetric[] } => {
  const tail = new Tail<EmittedMetric>(most);
  return {
    emitted: tail.entries,
    emit: (name, value, unit, dimensions = {}) => tail.push({ name, value, unit, dimensions }),
  };
};

/** A log that remembers its last lines, at least `most` of them. */
export const recordedLog = (most: number): Log & { lines: readonly LogEntry[] } => {
  const tail = new Tail<LogEntry>(most);
  const write =
    (level: LogEntry["level"]) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void =>
      tail.push({ level, message, fields });
  return { lines: tail.entries, info: write("info"), warn: write("warn"), error: write("error") };
};
