import type { AlertCase } from "./alert-case.ts";
import { isUncontained } from "./follow-ups.ts";
import type { LookReason } from "./receipt.ts";

/** News that may change what was found out: another place may name a client that the first did not. */
const isNews = (reason: LookReason): boolean =>
  reason === "reopened" || reason === "publiclyLeaked" || reason === "newLocation";

/**
 * Whether a message about an alert calls for a look at it, or everything that it could lead to has been done. The
 * same message may come any number of times, early or late.
 */
export const needsLook = (of: AlertCase, reason: LookReason, now: number): boolean => {
  if (of.action === undefined || isUncontained(of)) return true;
  if (of.containedAt !== undefined) return of.action.kind === "lookAgain" || of.action.kind === "hold";
  switch (of.action.kind) {
    case "lookAgain":
      return reason === "release" || isNews(reason) || now >= (of.lookAgainAt ?? 0);
    case "hold":
      // The sweeper sends a held case only where something has changed.
      return reason === "release" || reason === "sweep" || isNews(reason);
    case "reportOnly":
      return reason === "release" || isNews(reason);
    default:
      return false;
  }
};
