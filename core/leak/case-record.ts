import type { LeakAction } from "./action.ts";
import type { AlertCase, AlertId } from "./alert-case.ts";
import type { Ownership, Verdict } from "./evidence.ts";
import { hasShape, isCount, isFields, isFlag, isOneOf, isText, isTime, soundFields } from "./fields.ts";
import { containments, isAlertId } from "./leak-record.ts";

const is = (word: string) => (value: unknown) => value === word;
const anyOf =
  <T>(...shapes: readonly ((value: unknown) => boolean)[]) =>
  (value: unknown): value is T =>
    shapes.some((each) => each(value));

const isOwnership = anyOf<Ownership>(
  hasShape({
    kind: is("rotated"),
    credentialId: isText,
    generation: isOneOf(["current", "pending", "superseded"]),
  }),
  hasShape({ kind: is("declared"), id: isText }, { secretArn: isText }),
  hasShape({ kind: is("decoy"), id: isText }),
  hasShape({ kind: is("unmanaged") }, { owner: isText }),
  hasShape({ kind: is("foreign") }),
);

const isVerdict = anyOf<Verdict>(
  hasShape({ kind: is("live"), because: isOneOf(["loginGranted", "equalsVault"]) }),
  hasShape({
    kind: is("dead"),
    because: isOneOf(["loginRefused", "clientAbsent", "clientStopped", "noCandidate"]),
  }),
  hasShape({
    kind: is("unknown"),
    because: isOneOf(["deniedByAddress", "otherGrant", "throttled", "failed", "partial", "clientUnread"]),
    retry: isFlag,
  }),
);

const isHoldReason = isOneOf([
  "protectedClient",
  "hourlyCap",
  "backfill",
  "dryRun",
  "unmanagedClient",
  "unknownVerdict",
  "containmentFailed",
]);

const isAction = anyOf<LeakAction>(
  hasShape({ kind: is("replaceAndContain"), credentialId: isText }),
  hasShape({ kind: isOneOf(["contain", "reportOnly", "alertOnly"]) }),
  hasShape({ kind: is("hold"), because: isHoldReason }),
  hasShape({ kind: is("lookAgain"), afterSeconds: isTime }),
);

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

const isFollowUp = hasShape({ failures: isCount }, { doneAt: isTime, lastError: isText, told: isTexts });

/** Each follow-up for itself: one that cannot be read is done again. */
const soundFollowUps = (value: unknown) =>
  isFields(value)
    ? soundFields(value, { siem: isFollowUp, resolve: isFollowUp, notify: isFollowUp })
    : { sound: {}, isWhole: false };

const needed = { alertedAt: isTime, receivedAt: isTime, looks: isCount };

const optional = {
  fingerprint: isText,
  clientId: isText,
  ownership: isOwnership,
  verdict: isVerdict,
  action: isAction,
  lookedAt: isTime,
  lookAgainAt: isTime,
  storeIsStale: isFlag,
  replacedAt: isTime,
  containedAt: isTime,
  containment: isOneOf(containments),
  liveTokensUntil: isTime,
  path: isText,
  commit: hasShape({ sha: isText, committedAt: isTime }, { login: isText, email: isText }),
  release: hasShape({ decision: isOneOf(["contain", "dismiss"]), by: isText, at: isTime }),
  remindedAt: isTime,
  closedAt: isTime,
};

/** What was read, and what it is worth. */
export interface ReadCase {
  case: AlertCase;
  state: "known" | "missing" | "damaged";
}

const isAlert = (value: unknown, { repository, number }: AlertId): boolean =>
  hasShape({ url: isText }, { patternId: isText })(value) &&
  isAlertId(value) &&
  value.repository === repository &&
  value.number === number;

/**
 * Reads what the ledger answered for an alert; `fresh` is what the case would be if it were heard of for the first
 * time. Never throws: what is unusable in a damaged case is as in `fresh`, and the case is open and undecided, unless
 * its leak was contained, so that the alert is worked on again.
 */
export const readCase = (value: unknown, fresh: AlertCase): ReadCase => {
  if (value === undefined) return { case: fresh, state: "missing" };
  if (!isFields(value)) return { case: fresh, state: "damaged" };
  const basic = soundFields(value, needed);
  const further = soundFields(value, optional);
  const followUps = soundFollowUps(value.followUps);
  const isWhole =
    basic.isWhole &&
    Object.keys(basic.sound).length === Object.keys(needed).length &&
    further.isWhole &&
    followUps.isWhole &&
    isAlert(value.alert, fresh.alert);
  const alert = isAlert(value.alert, fresh.alert) ? value.alert : fresh.alert;
  const read = {
    ...fresh,
    ...basic.sound,
    ...further.sound,
    alert,
    followUps: followUps.sound,
  } as AlertCase;
  if (isWhole) return { case: read, state: "known" };
  // What was decided may have hung on what is lost, such as a person's word. A containment hangs on nothing.
  const { closedAt, action, ...open } = read;
  const isContained = open.containedAt !== undefined && action !== undefined;
  return { case: isContained ? { ...open, action } : open, state: "damaged" };
};
