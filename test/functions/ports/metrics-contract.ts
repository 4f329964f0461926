import type { Metrics, MetricUnit } from "../../../functions/ports.ts";
import { Contract, type ContractOptions, type Harness } from "./contract.ts";

export interface WrittenMetric {
  name: string;
  value: number;
  unit: MetricUnit;
  dimensions: Readonly<Record<string, string>>;
}

export interface MetricsHarness extends Harness<Metrics> {
  /** What has been emitted, as the service would read it. */
  written(): readonly WrittenMetric[];
}

/** What `Metrics` promises. */
export const describeMetricsContract = (
  of: string,
  make: () => Promise<MetricsHarness>,
  options: ContractOptions = {},
): void =>
  describe(`metrics: ${of}`, () => {
    const contract = new Contract(make, options);

    contract.test("carry name, value, unit and dimensions", async ({ port, written }) => {
      port.emit("SecretAge", 3600.5, "Seconds", { Credential: "crm-sync" });
      expect(written()).toEqual([
        { name: "SecretAge", value: 3600.5, unit: "Seconds", dimensions: { Credential: "crm-sync" } },
      ]);
    });

    contract.test("need no dimensions", async ({ port, written }) => {
      port.emit("QuotaHeadroom", 0, "Count");
      expect(written()).toEqual([{ name: "QuotaHeadroom", value: 0, unit: "Count", dimensions: {} }]);
    });

    contract.test("come in the order in which they were emitted", async ({ port, written }) => {
      for (const unit of ["Count", "Seconds", "Milliseconds", "None"] as const) port.emit("Each", 1, unit);
      expect(written().map(({ unit }) => unit)).toEqual(["Count", "Seconds", "Milliseconds", "None"]);
    });

    contract.test("take characters that mean something to JSON", async ({ port, written }) => {
      port.emit("Quoted", 1, "Count", { Credential: 'a "b" \\ ☃' });
      expect(written()[0]?.dimensions).toEqual({ Credential: 'a "b" \\ ☃' });
    });
  });
