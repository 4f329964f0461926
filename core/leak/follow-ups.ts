import type { AlertCase, FollowUp } from "./alert-case.ts";

/** A held case is brought to mind again after that time, until a person has decided. */
export const reminderSeconds = 86_400;

/** Longest text of an error that a case keeps. */
const longestError = 300;

/** Live, and to be stopped, but not stopped yet: there is nothing to tell before that. */
export const isUncontained = ({ action, containedAt }: AlertCase): boolean =>
  (action?.kind === "contain" || action?.kind === "replaceAndContain") && containedAt === undefined;

/**
 * What is said of a case, in order: the record first, people last. A decoy's alert stays as it is on GitHub, and a
 * held one stays open.
 */
const saidOf = (of: AlertCase): readonly FollowUp[] => {
  switch (of.action?.kind) {
    case undefined:
    case "lookAgain":
      return [];
    case "hold":
    case "alertOnly":
      return ["siem", "notify"];
    case "contain":
    case "replaceAndContain":
      return isUncontained(of) ? [] : ["siem", "resolve", "notify"];
    case "reportOnly":
      return ["siem", "resolve", "notify"];
  }
};

/** When a person was last told of a held case, if ever. */
const lastReminder = ({ followUps, remindedAt }: AlertCase): number | undefined =>
  remindedAt ?? followUps.notify?.doneAt;

/** A held case that nobody has decided on for a day. */
export const isReminderDue = (of: AlertCase, now: number): boolean => {
  const last = lastReminder(of);
  return of.action?.kind === "hold" && last !== undefined && now >= last + reminderSeconds * 1000;
};

/** What is still to be said, in order. Each is tried on its own: a failed one holds up no other. */
export const dueFollowUps = (of: AlertCase): readonly FollowUp[] =>
  saidOf(of).filter((each) => of.followUps[each]?.doneAt === undefined);

export const followUpDone = (of: AlertCase, followUp: FollowUp, at: number, note?: string): AlertCase => {
  const before = of.followUps[followUp] ?? { failures: 0 };
  if (before.doneAt !== undefined) return of;
  const { failures } = before;
  const done = {
    failures,
    doneAt: at,
    ...(note === undefined ? {} : { lastError: note.slice(0, longestError) }),
  };
  return { ...of, followUps: { ...of.followUps, [followUp]: done } };
};

export const followUpFailed = (of: AlertCase, followUp: FollowUp, error: string): AlertCase => {
  const before = of.followUps[followUp] ?? { failures: 0 };
  if (before.doneAt !== undefined) return of;
  const failed = { failures: before.failures + 1, lastError: error.slice(0, longestError) };
  return { ...of, followUps: { ...of.followUps, [followUp]: failed } };
};

export const reminded = (of: AlertCase, at: number): AlertCase => ({ ...of, remindedAt: at });

/** Everything that can be done without a person has been done and said. */
export const isAccountedFor = (of: AlertCase): boolean =>
  saidOf(of).length > 0 && dueFollowUps(of).length === 0;

/** Nothing is left to do, whether or not that has been noted. A held case is open until a person has decided. */
const isDone = (of: AlertCase): boolean => isAccountedFor(of) && of.action?.kind !== "hold";

/** Something is to be said, or the case to be closed. */
export const isReportDue = (of: AlertCase): boolean =>
  dueFollowUps(of).length > 0 || (isDone(of) && of.closedAt === undefined);

/** Closes a case of which nothing is left to do. */
export const closedIfDone = (of: AlertCase, at: number): AlertCase =>
  isDone(of) && of.closedAt === undefined ? { ...of, closedAt: at } : of;
