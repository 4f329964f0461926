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

const isUntried = ({ evidence }: Examined): boolean => evidence.login.kind === "untried";

/**
 * Lower is told first. A look that may still be answered comes before one that never will; a client that was not
 * tried (a decoy never is) before those that the secret does not open, unless the store knows it for one of theirs.
 */
const rank = (verdict: Verdict, examined: Examined): number => {
  switch (verdict.kind) {
    case "live":
      return verdict.because === "loginGranted" ? 0 : 1;
    case "unknown":
      if (verdict.retry) return 2;
      return isUntried(examined) ? 5 : 3;
    case "dead":
      return equalsVault(examined.evidence) ? 4 : 6;
  }
};

/**
 * The verdict over all candidates, the likeliest first. A live one wins; anything unknown beats a dead one; of the
 * dead, the one whose secret the store knows is the leak.
 *
 * `isPartial`: not everything in which the client may be named could be read, so that none being live proves nothing,
 * unless the store knows whose secret it is. `isPassing`: a later look may read the rest.
 */
export const judgeCandidates = <C extends Examined>(
  candidates: readonly C[],
  isPartial: boolean,
  isPassing = false,
): Judgement<C> => {
  const [first] = candidates
    .map((candidate) => {
      const verdict = judge(candidate.evidence);
      return { candidate, verdict, rank: rank(verdict, candidate) };
    })
    .sort((one, other) => one.rank - other.rank);
  const partial: Verdict = { kind: "unknown", because: "partial", retry: isPassing };
  if (first === undefined) {
    const verdict: Verdict = isPartial ? partial : { kind: "dead", because: "noCandidate" };
    return { verdict, storeIsStale: false };
  }
  const { candidate, verdict } = first;
  const storeIsStale = isStoreStale(candidate.evidence);
  if (!isPartial || first.rank < 5) return { candidate, verdict, storeIsStale };
  // Neither a decoy nearby nor a client that the secret does not open accounts for it.
  return { verdict: partial, storeIsStale };
};
