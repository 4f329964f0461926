import { hasRung } from "../bindings/metrics.ts";
import type { DrillWorld } from "./world.ts";

/** The deployed alarms that rang since, without the stack's prefix. */
export const alarmsSince = ({ aws, clock }: DrillWorld, since: number): string[] =>
  aws.registry
    .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(({ inputs }) => hasRung(inputs, aws.cloud.measurements.all, since, clock.now()))
    .map(({ inputs }) => String(inputs.name).replace("genesys-credential-guard-sandbox-", ""))
    .sort();
