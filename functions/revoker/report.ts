import { type AlertCase, alertKey, type FollowUp } from "../../core/leak/alert-case.ts";
import { receivedCase } from "../../core/leak/case-history.ts";
import { readCase } from "../../core/leak/case-record.ts";
import type { LeakDeclarations } from "../../core/leak/declarations.ts";
import {
  closedIfDone,
  dueFollowUps,
  followUpDone,
  followUpFailed,
  isReminderDue,
  reminded,
} from "../../core/leak/follow-ups.ts";
import { ocsfEvents } from "../../core/leak/report/ocsf.ts";
import type { RevokerPorts } from "../ports.ts";
import { type BatchAnswer, batchHandler } from "./batch.ts";
import { messageOf } from "./errors.ts";
import { HeldCase } from "./held-case.ts";
import { Leases } from "./leases.ts";
import { parseReportMessage, type ReportMessage } from "./messages.ts";
import { leakMetricNames } from "./metrics.ts";
import { notify, PartlyTold, remind } from "./notify.ts";
import { onceTold, type Telling } from "./once-told.ts";
import { resolveAlert } from "./resolve.ts";

export type ReportPorts = Pick<
  RevokerPorts,
  "clock" | "log" | "metrics" | "cases" | "github" | "slack" | "siem"
>;

/** The function's own timeout is a minute. */
const leaseSeconds = 90;

/** What is left to say about a follow-up that is done. */
type Note = string | undefined;

const followUps: Readonly<
  Record<
    FollowUp,
    (ports: ReportPorts, leak: LeakDeclarations, of: AlertCase, telling: Telling) => Promise<Note>
  >
> = {
  siem: async ({ siem }, leak, of) => {
    const events = ocsfEvents(of, leak);
    if (events.length > 0) await siem.send(events);
    return undefined;
  },
  resolve: ({ github, log }, _leak, of) => resolveAlert({ github, log }, of),
  notify: ({ slack, log }, leak, of, telling) =>
    onceTold(telling, of, () => notify({ slack, log }, leak, of)),
};

/** The case with what could be said of what could not. */
const failed = (of: AlertCase, followUp: FollowUp, error: unknown): AlertCase => {
  const next = followUpFailed(of, followUp, messageOf(error));
  const state = next.followUps[followUp];
  if (!(error instanceof PartlyTold) || state === undefined) return next;
  return { ...next, followUps: { ...next.followUps, [followUp]: { ...state, told: error.told } } };
};

/** Each on its own: one that fails holds up no other. Answers how many failed. */
const sayAll = async (
  ports: ReportPorts,
  leak: LeakDeclarations,
  held: HeldCase,
  telling: Telling,
): Promise<number> => {
  const { clock, log, metrics } = ports;
  let failures = 0;
  for (const followUp of dueFollowUps(held.of)) {
    let next: AlertCase;
    try {
      const note = await followUps[followUp](ports, leak, held.of, telling);
      next = followUpDone(held.of, followUp, clock.now(), note);
    } catch (error) {
      failures += 1;
      metrics.emit(leakMetricNames.reportFailures, 1, "Count");
      log.error("A follow-up failed; it is tried again", {
        alert: held.key,
        followUp,
        error: messageOf(error),
      });
      next = failed(held.of, followUp, error);
    }
    // Written at once, so that a crash has as little as possible said twice.
    await held.save(next);
  }
  return failures;
};

const reportCase = async (
  ports: ReportPorts,
  leak: LeakDeclarations,
  message: ReportMessage,
  holder: string,
): Promise<void> => {
  const { clock, cases } = ports;
  const leases = new Leases(clock, holder);
  try {
    const { lease, record } = await leases.require(cases, alertKey(message), leaseSeconds);
    const { case: of, state } = readCase(record, receivedCase(message, clock.now()));
    if (state === "missing") return;
    const held = new HeldCase(cases, lease, of);
    const telling = { cases, leases, leaseSeconds };
    const failures = await sayAll(ports, leak, held, telling);
    const now = clock.now();
    if (isReminderDue(held.of, now)) {
      const occasion = new Date(now).toISOString().slice(0, 10);
      await onceTold({ ...telling, occasion }, held.of, () => remind(ports, leak, held.of, now));
      await held.save(reminded(held.of, now));
    }
    await held.save(closedIfDone(held.of, clock.now()));
    if (failures > 0) throw new Error(`${failures} follow-ups of ${held.key} are left to do.`);
  } finally {
    await leases.releaseAll();
  }
};

/**
 * Tells the SIEM, GitHub, the developer and security what was done. What fails is tried again with the message, and
 * what is done is not done again; nothing of it undoes a containment.
 */
export const createReport = (
  ports: ReportPorts,
  leak: LeakDeclarations,
): ((event: unknown) => Promise<BatchAnswer>) =>
  batchHandler(ports.log, "A case could not be reported as a whole", (body, messageId) =>
    reportCase(ports, leak, parseReportMessage(body), `report-${messageId}`),
  );
