import type { LeakAction } from "../../core/leak/action.ts";
import { lookedAt, withLeak } from "../../core/leak/case-history.ts";
import type { Verdict } from "../../core/leak/evidence.ts";
import { containLeak, type LeakRecord, replaceLeak } from "../../core/leak/leak-record.ts";
import { liveTokensUntil } from "../../core/leak/live-tokens.ts";
import { plan, type Situation } from "../../core/leak/plan.ts";
import type { Suspect } from "./examination.ts";
import type { Findings } from "./findings.ts";
import type { HeldCase } from "./held-case.ts";
import { leakMetricNames } from "./metrics.ts";
import type { Revoker } from "./revoker.ts";

/** The crash of an earlier attempt fell between the containment and its record. */
export const containedBefore = (
  { declarations }: Revoker,
  leak: LeakRecord,
  { client }: Suspect,
  at: number,
): LeakRecord => {
  const { tenantMayDisable } = declarations.settings.capabilities;
  const kind = leak.inPlace === true ? "replacedInPlace" : undefined;
  const containment = kind ?? (tenantMayDisable ? "disabled" : "secretReset");
  const until = liveTokensUntil({ at, containment }, client?.accessTokenValiditySeconds);
  const done = containLeak(leak, { at, containment, liveTokensUntil: until });
  return leak.inPlace === true ? replaceLeak(done, at) : done;
};

/** What a look came to. */
export interface Seen {
  verdict: Verdict;
  /** Undefined where GitHub shows no alert. */
  findings: Findings | undefined;
  situation: Pick<Situation, "leak" | "hasRoom"> & Partial<Situation>;
  /** What has been done about the secret, where it is dead for that. */
  done?: LeakRecord;
}

/** Decides, and begins to write down what was found and decided. */
export const recordLook = (
  { ports, leak }: Revoker,
  held: HeldCase,
  { verdict, findings, situation, done }: Seen,
): { action: LeakAction; saved: Promise<void> } => {
  const of = done === undefined ? held.of : withLeak(held.of, done);
  const now = ports.clock.now();
  const { alertedAt, url } = findings ?? { alertedAt: of.alertedAt, url: of.alert.url };
  const { commit } = findings ?? {};
  const { release } = of;
  const action = plan(
    {
      storeIsStale: false,
      ...situation,
      verdict,
      now,
      alertedAt,
      looks: of.looks,
      ...(commit === undefined ? {} : { committedAt: commit.committedAt }),
      ...(release === undefined ? {} : { release: release.decision }),
    },
    leak,
  );
  if (verdict.kind === "unknown") ports.metrics.emit(leakMetricNames.unknownVerdicts, 1, "Count");
  if (action.kind === "hold") ports.metrics.emit(leakMetricNames.heldCases, 1, "Count");
  const { clientId, ownership, storeIsStale = false } = situation;
  const { files: _files, ...committed } = commit ?? { files: [] };
  const next = lookedAt(of, {
    at: Math.max(now, (of.lookedAt ?? 0) + 1),
    alertedAt,
    url,
    verdict,
    action,
    storeIsStale,
    ...(findings?.patternId === undefined ? {} : { patternId: findings.patternId }),
    ...(findings === undefined ? {} : { fingerprint: findings.fingerprint }),
    ...(findings?.path === undefined ? {} : { path: findings.path }),
    ...("sha" in committed ? { commit: committed } : {}),
    ...(clientId === undefined ? {} : { clientId }),
    ...(ownership === undefined ? {} : { ownership }),
  });
  ports.log.info("An alert was looked at", { alert: held.key, clientId, ownership, verdict, action });
  const saved = held.save(next);
  // Awaited by the caller; until then a failure must not end the process.
  saved.catch(() => undefined);
  return { action, saved };
};
