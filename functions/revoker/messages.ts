import { hash } from "node:crypto";
import { type AlertId, alertKey } from "../../core/leak/alert-case.ts";
import { hasShape, isCount, isOneOf, isText, isTime } from "../../core/leak/fields.ts";
import type { LookReason } from "../../core/leak/receipt.ts";
import type { Queue } from "../ports.ts";
import { RevokerError } from "./errors.ts";

/** A person's word on a held case. */
export interface Release {
  decision: "contain" | "dismiss";
  /** Who. */
  by: string;
}

/** What the leak queue carries: an alert to be looked at. A person sends one with a `release`. */
export interface LeakMessage extends AlertId {
  reason: LookReason;
  /** When its webhook came, in milliseconds since 1970. */
  receivedAt?: number;
  release?: Release;
}

/** What the report queue carries. */
export type ReportMessage = AlertId;

/** What SQS takes for the id of a group; longer ones are told apart by their hash. */
const longestGroup = 128;

/** Messages about one alert are worked on one after the other. */
export const groupOf = (alert: AlertId): string => {
  const key = alertKey(alert);
  return key.length <= longestGroup ? key : hash("sha256", key, "hex");
};

const isRelease = hasShape<Release>({ decision: isOneOf(["contain", "dismiss"]), by: isText });
const reasons: readonly LookReason[] = [
  "created",
  "reopened",
  "publiclyLeaked",
  "newLocation",
  "lookAgain",
  "sweep",
  "release",
];
const isAlert = hasShape<AlertId>({ repository: isText, number: isCount });
const isLeak = hasShape<Partial<LeakMessage>>(
  {},
  { reason: isOneOf(reasons), receivedAt: isTime, release: isRelease },
);

const parse = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** @throws RevokerError bad-event */
export const parseReportMessage = (body: string): ReportMessage => {
  const message = parse(body);
  if (!isAlert(message))
    throw new RevokerError("bad-event", "The message is none: it needs `repository` and `number`.");
  return { repository: message.repository, number: message.number };
};

/** What a person writes by hand needs no reason. @throws RevokerError bad-event */
export const parseLeakMessage = (body: string): LeakMessage => {
  const alert = parseReportMessage(body);
  const message = parse(body);
  if (!isLeak(message))
    throw new RevokerError(
      "bad-event",
      `The message about ${alertKey(alert)} is none: a release is {"decision": "contain" or "dismiss", "by": who}.`,
    );
  const { release, receivedAt, reason = release === undefined ? "sweep" : "release" } = message;
  return {
    ...alert,
    reason,
    ...(receivedAt === undefined ? {} : { receivedAt }),
    ...(release === undefined ? {} : { release: { decision: release.decision, by: release.by } }),
  };
};

export const sendLeak = (leaks: Queue, message: LeakMessage, deduplicationId: string): Promise<void> =>
  leaks.send({ group: groupOf(message), deduplicationId, body: message });

/** Has the case reported. `news` tells what is to be said from what was said before. */
export const sendReport = (reports: Queue, { repository, number }: AlertId, news: string): Promise<void> =>
  reports.send({
    group: groupOf({ repository, number }),
    deduplicationId: hash("sha256", `${alertKey({ repository, number })} ${news}`, "hex"),
    body: { repository, number },
  });
