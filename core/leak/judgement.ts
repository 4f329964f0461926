import type { Evidence, Verdict } from "./evidence.ts";
import { equalsVault, isStoreStale, judge } from "./verdict.ts";

/** A candidate with what was found out about it. */
export interface Examined {
  clientId: string;
  evidence: Evidence;
}

/** Which client the secret belongs to, as far as anybody can tell, and whether it opens it. */
export interface Judgement<C extends Examined> {
  /** Undefined where there was none. */
  candidate?: C;
  verdict: Verdict;
  storeIsStale: boolean;
}

/** Lower is told first. A look that may still be answered comes before one that never will. */
const rank = (verdict: Verdict, isNamed: boolean): number => {
  switch (verdict.kind) {
    case "live":
      return verdict.because === "loginGranted" ? 0 : 1;
    case "unknown":
      return verdict.retry ? 2 : 3;
    case "dead":
      return isNamed ? 4 : 5;
  }
};

/**
 * The verdict over all candidates, the likeliest first. A live one wins; anything unknown beats a dead one; of the
 * dead, the one whose secret the store knows is the leak. `isPartial`: not everything around the secret could be
 * read, so that none being live proves nothing, unless the store knows whose secret it is.
 */
export const judgeCandidates = <C extends Examined>(
  candidates: readonly C[],
  isPartial: boolean,
): Judgement<C> => {
  const judged = candidates
    .map((candidate) => {
      const verdict = judge(candidate.evidence);
      return { candidate, verdict, rank: rank(verdict, equalsVault(candidate.evidence)) };
    })
    .sort((one, other) => one.rank - other.rank);
  const [first] = judged;
  const partial: Verdict = { kind: "unknown", because: "partial", retry: false };
  if (first === undefined) {
    const verdict: Verdict = isPartial ? partial : { kind: "dead", because: "noCandidate" };
    return { verdict, storeIsStale: false };
  }
  const { candidate, verdict } = first;
  const isInDoubt = isPartial && verdict.kind === "dead" && !equalsVault(candidate.evidence);
  return {
    candidate,
    verdict: isInDoubt ? partial : verdict,
    storeIsStale: isStoreStale(candidate.evidence),
  };
};
