import type { HoldReason } from "../action.ts";
import type { AlertCase } from "../alert-case.ts";

/** What has become of a case, as far as it is to be told. */
export type Outcome =
  /** Nothing to tell yet: not judged, or to be stopped and not stopped yet. */
  | { kind: "undecided" }
  | { kind: "decoy" }
  /** A new generation was current before the leaked one was stopped. */
  | { kind: "replaced" }
  /** The leaked secret was reset, and the store has the new one. */
  | { kind: "replacedInPlace" }
  /** Stopped, and nobody needed it. */
  | { kind: "contained" }
  /** Stopped although in use: the replacement was not ready in time, or there is nowhere to put one. */
  | { kind: "containedInUse" }
  | { kind: "held"; because: HoldReason }
  /** A person has decided that nothing is done. */
  | { kind: "dismissed"; by: string }
  /** It was a client of ours, and the secret does not open it. */
  | { kind: "dead" }
  /** No client of ours. */
  | { kind: "foreign" };

/** Whoever reads the leaked secret from somewhere, and where no new one can be put for them. */
const isInUse = ({ action, ownership }: AlertCase): boolean =>
  action?.kind === "replaceAndContain" ||
  ownership?.kind === "declared" ||
  ownership?.kind === "unmanaged" ||
  (ownership?.kind === "rotated" && ownership.generation === "current");

const contained = (found: AlertCase): Outcome => {
  if (found.containment === "replacedInPlace") return { kind: "replacedInPlace" };
  if (found.replacedAt !== undefined) return { kind: "replaced" };
  return { kind: isInUse(found) ? "containedInUse" : "contained" };
};

export const outcomeOf = (found: AlertCase): Outcome => {
  const { action, ownership, verdict, release } = found;
  if (action === undefined) return { kind: "undecided" };
  // Before anything else: nothing may give a decoy away.
  if (ownership?.kind === "decoy" || action.kind === "alertOnly") return { kind: "decoy" };
  if (found.containedAt !== undefined) return contained(found);
  // A secret that turned out dead is dead, whatever was said of it.
  if (release?.decision === "dismiss" && verdict?.kind !== "dead")
    return { kind: "dismissed", by: release.by };
  switch (action.kind) {
    case "lookAgain":
    case "replaceAndContain":
    case "contain":
      return { kind: "undecided" };
    case "hold":
      return { kind: "held", because: action.because };
    case "reportOnly": {
      const isOurs = ownership !== undefined && ownership.kind !== "foreign";
      if (!isOurs || (verdict?.kind === "dead" && verdict.because === "noCandidate"))
        return { kind: "foreign" };
      // Nothing is said to be dead that was not found so.
      return { kind: verdict?.kind === "dead" ? "dead" : "undecided" };
    }
  }
};
