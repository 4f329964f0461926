import type { AlertCase } from "../alert-case.ts";

/** One event. `metadata.uid` is the same whenever the same is told again. */
export type OcsfEvent = Readonly<Record<string, unknown>> & {
  class_uid: number;
  /** Milliseconds since 1970. */
  time: number;
  metadata: Readonly<Record<string, unknown>> & { uid: string };
};

export const productName = "genesys-credential-guard";

const product = { name: productName, vendor_name: productName };

export const severities = {
  informational: { severity_id: 1, severity: "Informational" },
  low: { severity_id: 2, severity: "Low" },
  medium: { severity_id: 3, severity: "Medium" },
  high: { severity_id: 4, severity: "High" },
  critical: { severity_id: 5, severity: "Critical" },
} as const;

/** What ties the events of one case together. */
export const findingUid = ({ alert }: AlertCase, repository: string): string =>
  `leak:${repository}#${alert.number}`;

/** The head that every event has; `type_uid` is derived as the schema says. */
export const eventHead = (
  { classUid, className, categoryUid, categoryName }: EventClass,
  activity: { id: number; name: string },
) => ({
  class_uid: classUid,
  class_name: className,
  category_uid: categoryUid,
  category_name: categoryName,
  activity_id: activity.id,
  activity_name: activity.name,
  type_uid: classUid * 100 + activity.id,
  type_name: `${className}: ${activity.name}`,
});

export interface EventClass {
  classUid: number;
  className: string;
  categoryUid: number;
  categoryName: string;
}

export const metadata = (
  found: AlertCase,
  uid: string,
  correlationUid: string,
  profiles: readonly string[],
) => ({
  version: "1.6.0",
  product,
  uid,
  correlation_uid: correlationUid,
  original_time: new Date(found.alertedAt).toISOString(),
  ...(profiles.length === 0 ? {} : { profiles }),
});
