import type { HoldReason, LeakAction } from "./action.ts";
import type { LeakDeclarations } from "./declarations.ts";
import type { Ownership, Verdict } from "./evidence.ts";
import type { LeakRecord } from "./leak-record.ts";

/** Everything that the decision depends on. Times are milliseconds since 1970. */
export interface Situation {
  verdict: Verdict;
  /** Undefined where there was no candidate. */
  ownership?: Ownership;
  clientId?: string;
  /** `isStoreStale` of the leaked client's evidence. */
  storeIsStale: boolean;
  now: number;
  /** When GitHub made the alert, and when the commit was made that it found; undefined where that is not known. */
  alertedAt: number;
  committedAt?: number;
  /** Looks before this one that had no answer. */
  looks: number;
  /** What has been done about this very secret, for whichever alert. */
  leak: LeakRecord;
  /** One more client may be contained within this hour, or this one is counted already. */
  hasRoom: boolean;
  /** A person's word. */
  release?: "contain" | "dismiss";
}

export type LeakRules = Pick<LeakDeclarations, "protectedIds" | "settings">;

/** Seconds between looks that had no answer: eight looks in 70 minutes. No pause is longer than a queue can delay. */
export const lookPauses: readonly number[] = [30, 120, 600, 900, 900, 900, 900];

/** How long after a containment a login may still be granted, because the platform has not noticed everywhere. */
export const containmentSettlesSeconds = 60;

const lookAgain = (looks: number): LeakAction => {
  const afterSeconds = lookPauses[looks];
  return afterSeconds === undefined
    ? { kind: "hold", because: "unknownVerdict" }
    : { kind: "lookAgain", afterSeconds };
};

const isProtected = ({ ownership, clientId }: Situation, { protectedIds }: LeakRules): boolean => {
  const id =
    ownership?.kind === "rotated"
      ? ownership.credentialId
      : ownership?.kind === "declared"
        ? ownership.id
        : clientId;
  return [id, clientId].some((each) => each !== undefined && protectedIds.includes(each));
};

/** What keeps a live leak from being contained at once. A person may release all of them but the dry run. */
const holdReason = (situation: Situation, rules: LeakRules): HoldReason | undefined => {
  const { settings } = rules;
  if (settings.mode === "dryRun") return "dryRun";
  if (situation.release === "contain") return undefined;
  if (isProtected(situation, rules)) return "protectedClient";
  const { alertedAt, committedAt = alertedAt } = situation;
  if (settings.backfill === "hold" && alertedAt - committedAt > settings.backfillAgeSeconds * 1000)
    return "backfill";
  if (situation.ownership?.kind === "unmanaged" && settings.unmanagedClients === "hold")
    return "unmanagedClient";
  return situation.hasRoom ? undefined : "hourlyCap";
};

const stop = (situation: Situation, rules: LeakRules): LeakAction => {
  const because = holdReason(situation, rules);
  if (because !== undefined) return { kind: "hold", because };
  const { ownership } = situation;
  return ownership?.kind === "rotated" && ownership.generation === "current"
    ? { kind: "replaceAndContain", credentialId: ownership.credentialId }
    : { kind: "contain" };
};

/**
 * A live secret of ours. Where we have contained it before, the store's word counts no more, because the store may
 * well hold what we made useless; and a login that is granted right after that is looked at again.
 */
const answerLive = (situation: Situation, rules: LeakRules): LeakAction => {
  const { verdict, leak, now } = situation;
  if (leak.containedAt !== undefined) {
    if (verdict.kind === "live" && verdict.because === "equalsVault") return { kind: "reportOnly" };
    if (now < leak.containedAt + containmentSettlesSeconds * 1000)
      return { kind: "lookAgain", afterSeconds: containmentSettlesSeconds };
  }
  return stop(situation, rules);
};

/**
 * A client that was to be reset in place for this leak, with no word of how that ended: the store has the leaked
 * secret yet, or nobody could see what it has.
 */
const answerHalfReplaced = (situation: Situation, rules: LeakRules): LeakAction =>
  situation.storeIsStale ? stop(situation, rules) : lookAgain(situation.looks);

const isHalfReplaced = ({ leak, verdict }: Situation): boolean =>
  verdict.kind === "dead" &&
  verdict.because === "loginRefused" &&
  leak.inPlace === true &&
  leak.replacedAt === undefined &&
  leak.containedAt === undefined;

/** Security is told at once, unless nothing could be read: then the secret may be another client's. */
const answerDecoy = ({ verdict, looks }: Situation): LeakAction => {
  const isOpen = verdict.kind === "unknown" && verdict.retry && looks < lookPauses.length;
  return isOpen ? lookAgain(looks) : { kind: "alertOnly" };
};

/**
 * What is done about a leak. Nothing but a live verdict leads to a containment, whoever asks for it; the one
 * exception finishes what a live verdict began: a client that was reset in place, while the crash of the function
 * that did it left the store with the old secret.
 */
export const plan = (situation: Situation, rules: LeakRules): LeakAction => {
  const { verdict, ownership, leak, release } = situation;
  if (ownership?.kind === "decoy") return answerDecoy(situation);
  if (release === "dismiss" || ownership?.kind === "foreign") return { kind: "reportOnly" };
  switch (verdict.kind) {
    case "unknown":
      if (leak.containedAt !== undefined) return { kind: "reportOnly" };
      return verdict.retry ? lookAgain(situation.looks) : { kind: "hold", because: "unknownVerdict" };
    case "live":
      return answerLive(situation, rules);
    case "dead":
      return isHalfReplaced(situation) ? answerHalfReplaced(situation, rules) : { kind: "reportOnly" };
  }
};
