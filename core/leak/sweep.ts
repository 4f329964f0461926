import { type AlertCase, type AlertId, alertKey, leakKey } from "./alert-case.ts";
import { isReminderDue, isReportDue, isUncontained } from "./follow-ups.ts";

/** A webhook that no receiver took. */
export interface FailedWebhook {
  id: number;
  /** The same for every attempt to deliver it. */
  guid: string;
  event: string;
  /** Milliseconds since 1970. */
  deliveredAt: number;
}

export interface SweepFacts {
  now: number;
  /** Open alerts of our patterns. */
  openAlerts: readonly (AlertId & { createdAt: number })[];
  /** Every case of the ledger. */
  cases: readonly AlertCase[];
  /** Alerts whose case could not be read whole. */
  damaged: readonly AlertId[];
  failedDeliveries: readonly FailedWebhook[];
}

export interface Sweep {
  /** Deliveries that GitHub is asked for again, by id. */
  redeliver: readonly number[];
  /** Alerts that are looked at, as if their webhook had come. */
  look: readonly AlertId[];
  /** Cases of which something is to be said. */
  report: readonly AlertId[];
  /** What nobody would have noticed without the sweep. */
  finds: number;
}

/** How long the ordinary way may take before the sweeper takes a hand. */
export const graceSeconds = 120;

/**
 * GitHub delivers again what is at most three days old.
 * https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks
 */
export const redeliverySeconds = 3 * 86_400;

/** Webhooks asked for again in one sweep at most: GitHub counts each as a call. The rest follows with the next. */
export const redeliveriesPerSweep = 100;

const events: readonly string[] = ["secret_scanning_alert", "secret_scanning_alert_location"];

/** Each webhook once, by its last attempt; the newest first, because bots are quick. */
const toRedeliver = ({ failedDeliveries, now }: SweepFacts): readonly FailedWebhook[] => {
  const recent = failedDeliveries
    .filter(
      ({ event, deliveredAt }) => events.includes(event) && deliveredAt > now - redeliverySeconds * 1000,
    )
    .sort((one, other) => other.deliveredAt - one.deliveredAt || other.id - one.id);
  const last = new Map<string, FailedWebhook>();
  for (const webhook of recent) if (!last.has(webhook.guid)) last.set(webhook.guid, webhook);
  return [...last.values()].slice(0, redeliveriesPerSweep);
};

/** When something should have happened to the case by now; undefined where nothing is awaited. */
const awaitedSince = (of: AlertCase): number | undefined => {
  if (of.action === undefined) return of.receivedAt;
  if (isUncontained(of)) return of.lookedAt ?? of.receivedAt;
  return of.action.kind === "lookAgain" ? (of.lookAgainAt ?? of.receivedAt) : undefined;
};

const lastChange = (of: AlertCase): number => Math.max(of.lookedAt ?? 0, of.containedAt ?? 0, of.receivedAt);

const leakOf = ({ clientId, fingerprint }: AlertCase): string | undefined =>
  clientId === undefined || fingerprint === undefined ? undefined : leakKey(clientId, fingerprint);

/** Held cases that may have an answer by now: the same secret was contained for another alert, or can be tried again. */
const reopened = (cases: readonly AlertCase[]): readonly AlertCase[] => {
  const contained = new Set(cases.filter(({ containedAt }) => containedAt !== undefined).map(leakOf));
  contained.delete(undefined);
  return cases.filter(
    (each) =>
      each.action?.kind === "hold" &&
      (each.action.because === "containmentFailed" || contained.has(leakOf(each))),
  );
};

/**
 * What the sweeper sends on. Nothing is taken from an alert being closed on GitHub: a secret may be live all the
 * same. Held cases and decoys are accounted for; the former come to mind once a day.
 */
export const sweep = (facts: SweepFacts): Sweep => {
  const { now, cases } = facts;
  const isOverdue = (since: number | undefined) => since !== undefined && now > since + graceSeconds * 1000;
  const known = new Set(cases.map(({ alert }) => alertKey(alert)));
  const unreadable = new Set(facts.damaged.map(alertKey));
  const unheard = facts.openAlerts.filter(
    (alert) => !known.has(alertKey(alert)) && !unreadable.has(alertKey(alert)) && isOverdue(alert.createdAt),
  );
  const stuck = cases.filter((each) => isOverdue(awaitedSince(each)));
  const look = new Set([...stuck, ...reopened(cases)]);
  const unsaid = cases.filter((each) => !look.has(each) && isReportDue(each) && isOverdue(lastChange(each)));
  const reminders = cases.filter((each) => !look.has(each) && isReminderDue(each, now));
  const redeliver = toRedeliver(facts);
  const idOf = ({ repository, number }: AlertId): AlertId => ({ repository, number });
  const alertsOf = (some: Iterable<AlertCase>) => [...some].map(({ alert }) => alert);
  return {
    redeliver: redeliver.map(({ id }) => id),
    look: [...unheard, ...facts.damaged, ...alertsOf(look)].map(idOf),
    report: alertsOf(new Set([...unsaid, ...reminders])).map(idOf),
    finds: redeliver.length + unheard.length + facts.damaged.length + stuck.length + unsaid.length,
  };
};
