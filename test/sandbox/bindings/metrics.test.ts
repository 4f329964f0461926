import type { PropertyMap } from "../../../engine/model/property.ts";
import { hasRung, Measurements } from "../../../sandbox/bindings/metrics.ts";

const minute = 60_000;
let measurements: Measurements;
let now = 0;
beforeEach(() => {
  measurements = new Measurements();
  now = 0;
});

const emit = (at: number, value: number, dimensions: Record<string, string> = {}) => {
  now = at;
  measurements.port(() => now, "CredentialGuard").emit("Failed", value, "Count", dimensions);
};
const alarm = (more: PropertyMap): PropertyMap => ({
  name: "a",
  namespace: "CredentialGuard",
  metricName: "Failed",
  dimensions: {},
  statistic: "Sum",
  period: 300,
  comparisonOperator: "GreaterThanThreshold",
  threshold: 2,
  treatMissingData: "notBreaching",
  ...more,
});
const rings = (more: PropertyMap = {}, to = 20 * minute) => hasRung(alarm(more), measurements.all, 0, to);

describe("an alarm", () => {
  test("rings when the values of one period break its rule", () => {
    emit(6 * minute, 2);
    expect(rings()).toBe(false);
    emit(7 * minute, 1);
    expect(rings()).toBe(true);
  });

  test("judges a share of the values where it asks for one", () => {
    const ofMost = { statistic: "", extendedStatistic: "p95" };
    for (let count = 0; count < 19; count += 1) emit(6 * minute, 1);
    emit(7 * minute, 3);
    expect(rings(ofMost)).toBe(false);
    emit(8 * minute, 3);
    expect(rings(ofMost)).toBe(true);
  });

  test("does not add up the values of two periods", () => {
    emit(4 * minute, 2);
    emit(6 * minute, 2);
    expect(rings()).toBe(false);
    expect(rings({ statistic: "Maximum", threshold: 1 })).toBe(true);
    expect(rings({ statistic: "Minimum", comparisonOperator: "LessThanThreshold", threshold: 2 })).toBe(
      false,
    );
  });

  test("watches its own dimensions alone, an expression all of them", () => {
    emit(6 * minute, 5, { Credential: "x" });
    expect(rings()).toBe(false);
    expect(rings({ dimensions: { Credential: "x" } })).toBe(true);
    const expression = 'SELECT SUM(Failed) FROM SCHEMA("CredentialGuard", Credential)';
    expect(rings({ metricQueries: [{ id: "all", expression, period: 300 }] })).toBe(true);
  });

  test("rings over silence only where it says so, and not before a period is over", () => {
    expect(rings()).toBe(false);
    expect(rings({ treatMissingData: "breaching" })).toBe(true);
    expect(rings({ treatMissingData: "breaching" }, 4 * minute)).toBe(false);
  });

  test("over Lambda's own counts rings when a function fails", () => {
    measurements.count({ name: "rotate", startedAt: 0, endedAt: minute, ending: "crashed" });
    const errors = { namespace: "AWS/Lambda", metricName: "Errors", threshold: 0 };
    expect(rings({ ...errors, dimensions: { FunctionName: "rotate" } })).toBe(true);
    expect(rings({ ...errors, dimensions: { FunctionName: "retire" } })).toBe(false);
  });

  test.each([
    [{ statistic: "p99" }, "p99"],
    [{ metricQueries: [{ expression: "ANOMALY(x)" }] }, "ANOMALY"],
  ])("that cannot be judged is refused: %j", (more, message) => {
    expect(() => rings(more)).toThrow(message);
  });
});
