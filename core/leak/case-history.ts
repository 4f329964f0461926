import type { LeakAction } from "./action.ts";
import type { AlertCase, AlertId } from "./alert-case.ts";
import type { Ownership, Verdict } from "./evidence.ts";
import type { Containment, LeakRecord } from "./leak-record.ts";

/**
 * What becomes of a case, step by step. Every step may come twice, late, or after a crash: done again it changes
 * nothing, a containment is never undone, and of two times the earlier stays.
 */

/** Where people look at the alert. */
const urlOf = ({ repository, number }: AlertId): string =>
  `https://github.com/${repository}/security/secret-scanning/${number}`;

/** An alert that is heard of for the first time. `alertedAt` is known once GitHub has been asked. */
export const receivedCase = (
  { repository, number }: AlertId,
  receivedAt: number,
  known: { url?: string; patternId?: string; alertedAt?: number } = {},
): AlertCase => {
  const { url = urlOf({ repository, number }), patternId, alertedAt = receivedAt } = known;
  return {
    alert: { repository, number, url, ...(patternId === undefined ? {} : { patternId }) },
    alertedAt,
    receivedAt,
    looks: 0,
    followUps: {},
  };
};

/** What one look at the alert came to. */
export interface Look {
  at: number;
  alertedAt: number;
  url: string;
  patternId?: string;
  fingerprint?: string;
  clientId?: string;
  ownership?: Ownership;
  verdict: Verdict;
  storeIsStale: boolean;
  action: LeakAction;
  path?: string;
  commit?: NonNullable<AlertCase["commit"]>;
}

/** Whether people are to be told something else than before. */
const isNews = (before: LeakAction | undefined, now: LeakAction): boolean =>
  before?.kind !== now.kind ||
  (before.kind === "hold" && now.kind === "hold" && before.because !== now.because);

const isStop = (action: LeakAction | undefined): boolean =>
  action?.kind === "contain" || action?.kind === "replaceAndContain";

const isFailedStop = (action: LeakAction | undefined): boolean =>
  action?.kind === "hold" && action.because === "containmentFailed";

/** A further attempt at what has been decided: a crash or an error came between. */
const isAttempt = (of: AlertCase, now: LeakAction): boolean =>
  isStop(of.action) ? isStop(now) || of.containedAt !== undefined : isFailedStop(of.action) && isStop(now);

/** After a crash the successor may be found current before anybody has noted it. */
const isReplacedSince = (of: AlertCase, { ownership }: Look): boolean =>
  of.action?.kind === "replaceAndContain" &&
  ownership?.kind === "rotated" &&
  ownership.generation === "superseded";

/**
 * The case after a look. A look that is older than the last one changes nothing; a further attempt at what has been
 * decided adds what was not known before. What people were told is void if there is news.
 */
export const lookedAt = (of: AlertCase, look: Look): AlertCase => {
  if (of.lookedAt !== undefined && look.at < of.lookedAt) return of;
  const { at, alertedAt, url, patternId, action, ...found } = look;
  const alert = { ...of.alert, url, ...(patternId === undefined ? {} : { patternId }) };
  if (isAttempt(of, action)) {
    const replacedAt = isReplacedSince(of, look) ? { replacedAt: at } : {};
    return { ...found, ...replacedAt, ...of, alert, alertedAt, lookedAt: at };
  }
  const { lookAgainAt: _due, clientId: _client, ownership: _owner, closedAt, followUps, ...kept } = of;
  const isUnanswered = action.kind === "lookAgain";
  return {
    ...kept,
    ...found,
    alert,
    alertedAt,
    action,
    lookedAt: at,
    looks: of.looks + (isUnanswered && at !== of.lookedAt ? 1 : 0),
    ...(isUnanswered ? { lookAgainAt: at + action.afterSeconds * 1000 } : {}),
    ...(isNews(of.action, action)
      ? { followUps: {} }
      : { followUps, ...(closedAt === undefined ? {} : { closedAt }) }),
  };
};

/** A new generation is current. */
export const replaced = (of: AlertCase, at: number): AlertCase => ({ replacedAt: at, ...of });

/** The leaked client takes no more logins with the leaked secret; people who were told that it could not be stopped hear it. */
export const contained = (of: AlertCase, { at, containment, liveTokensUntil }: Containment): AlertCase => {
  if (of.containedAt !== undefined) return of;
  const done = { ...of, containedAt: at, containment, liveTokensUntil };
  return isFailedStop(of.action) ? { ...done, action: { kind: "contain" }, followUps: {} } : done;
};

/** What was done about the same secret for another alert, or before a crash: to be taken over before a look is. */
export const withLeak = (of: AlertCase, leak: LeakRecord): AlertCase => {
  const { replacedAt, containedAt, containment, liveTokensUntil } = leak;
  const known = replacedAt === undefined ? of : replaced(of, replacedAt);
  return containedAt === undefined || containment === undefined
    ? known
    : contained(known, {
        at: containedAt,
        containment,
        liveTokensUntil: liveTokensUntil ?? containedAt,
      });
};

/** A containment that the platform did not allow, though it was tried again: a person is called. */
export const containmentFailed = (of: AlertCase): AlertCase => {
  if (of.containedAt !== undefined) return of;
  const action: LeakAction = { kind: "hold", because: "containmentFailed" };
  return isNews(of.action, action) ? { ...of, action, followUps: {} } : of;
};

/** A person's word: the last one counts, until the leak is contained. */
export const released = (of: AlertCase, release: NonNullable<AlertCase["release"]>): AlertCase =>
  of.containedAt !== undefined || (of.release !== undefined && release.at < of.release.at)
    ? of
    : { ...of, release };
