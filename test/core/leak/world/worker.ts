import { type AlertCase, type AlertId, alertKey, leakKey } from "../../../../core/leak/alert-case.ts";
import {
  contained,
  containmentFailed,
  lookedAt,
  receivedCase,
  released,
  replaced,
  withLeak,
} from "../../../../core/leak/case-history.ts";
import { readCase } from "../../../../core/leak/case-record.ts";
import { hasRoom, noContainments, readCount, reserve } from "../../../../core/leak/hourly-cap.ts";
import { judgeCandidates } from "../../../../core/leak/judgement.ts";
import {
  containLeak,
  isContainedUnrecorded,
  type LeakRecord,
  readLeak,
  replaceLeak,
  startLeak,
} from "../../../../core/leak/leak-record.ts";
import { liveTokensUntil } from "../../../../core/leak/live-tokens.ts";
import { needsLook } from "../../../../core/leak/next-look.ts";
import { ownershipOf } from "../../../../core/leak/ownership.ts";
import { plan } from "../../../../core/leak/plan.ts";
import type { LookReason } from "../../../../core/leak/receipt.ts";
import { findInVaults } from "../../../../core/leak/vault.ts";
import type { Chance } from "./chance.ts";
import { resetSecret } from "./life.ts";
import type { Oracle } from "./oracle.ts";
import { declaredCredentials, examine, type Faults, type Suspect, shown } from "./platform.ts";
import { addGeneration, stored, type World } from "./world.ts";

/** What GitHub has: the secret and the ids around it. */
export interface Leaked {
  alert: AlertId;
  secret: string;
  candidates: readonly string[];
  isPartial: boolean;
  alertedAt: number;
  committedAt?: number;
}

export interface Message {
  leaked: Leaked;
  reason: LookReason;
  release?: NonNullable<AlertCase["release"]>;
  attempts: number;
}

/** A rule that is broken on purpose: it changes what the decisions are told. */
export interface Mutation {
  suspect?: (suspect: Suspect) => Suspect;
  situation?: (situation: Parameters<typeof plan>[0]) => Parameters<typeof plan>[0];
}

export interface Tables {
  cases: Map<string, unknown>;
  leaks: Map<string, unknown>;
  count: unknown;
}

export class Crash extends Error {}

/** Does with the decisions what the function does: reads, judges, plans, writes, acts. */
export class Worker {
  readonly #world: World;
  readonly #oracle: Oracle;
  readonly #mutation: Mutation;
  readonly tables: Tables = { cases: new Map(), leaks: new Map(), count: undefined };

  constructor(world: World, oracle: Oracle, mutation: Mutation) {
    this.#world = world;
    this.#oracle = oracle;
    this.#mutation = mutation;
  }

  caseOf(alert: AlertId): AlertCase {
    return readCase(this.tables.cases.get(alertKey(alert)), receivedCase(alert, this.#world.now)).case;
  }

  save(of: AlertCase): void {
    this.tables.cases.set(alertKey(of.alert), of);
  }

  /** @throws Crash where the function dies on its way; the message comes again then. */
  work({ leaked, reason, release, attempts }: Message, faults: Faults, chance: Chance): void {
    const world = this.#world;
    const { now, leak } = world;
    let record = this.caseOf(leaked.alert);
    if (release !== undefined) {
      record = released(record, release);
      this.save(record);
    }
    if (!needsLook(record, reason, now)) return;
    this.#oracle.looks(leaked, faults);
    const { candidate, verdict, storeIsStale } = this.#judge(leaked, faults);
    const key = candidate && leakKey(candidate.clientId, leaked.secret);
    let known: LeakRecord = readLeak(key && this.tables.leaks.get(key)).leak;
    if (candidate && isContainedUnrecorded(known, verdict.kind === "dead", candidate.evidence.vault))
      known = containLeak(known, {
        at: now,
        containment: known.inPlace === true ? "replacedInPlace" : "secretReset",
        liveTokensUntil: now,
      });
    const ownership =
      candidate &&
      ownershipOf(
        candidate,
        { rotation: { credentials: declaredCredentials(world) }, leak },
        candidate.credentialId === undefined
          ? undefined
          : {
              credentialId: candidate.credentialId,
              vault: candidate.vault,
              record: { intents: [], generations: [] },
            },
      );
    const { count } = readCount(this.tables.count ?? noContainments);
    const { hourlyCap } = leak.settings;
    const situation = {
      verdict,
      ...(ownership === undefined ? {} : { ownership }),
      ...(candidate === undefined ? {} : { clientId: candidate.clientId }),
      storeIsStale,
      now,
      alertedAt: leaked.alertedAt,
      ...(leaked.committedAt === undefined ? {} : { committedAt: leaked.committedAt }),
      looks: record.looks,
      leak: known,
      hasRoom: key === undefined || hasRoom(count, key, now, hourlyCap),
      ...(record.release === undefined ? {} : { release: record.release.decision }),
    };
    const action = plan(this.#mutation.situation?.(situation) ?? situation, leak);
    record = lookedAt(withLeak(record, known), {
      at: now,
      alertedAt: leaked.alertedAt,
      url: "url",
      fingerprint: leaked.secret,
      ...(candidate === undefined ? {} : { clientId: candidate.clientId }),
      ...(ownership === undefined ? {} : { ownership }),
      verdict,
      storeIsStale,
      action,
    });
    this.save(record);
    if (key !== undefined) this.tables.leaks.set(key, known);
    if (candidate === undefined || key === undefined) return;
    if (action.kind !== "contain" && action.kind !== "replaceAndContain") return;
    this.#crashMaybe(chance);
    this.#oracle.attempts(leaked, candidate.clientId, record);
    this.tables.count = reserve(count, key, now, hourlyCap);
    if (chance.happens(0.03)) {
      if (attempts < 2) throw new Crash("the platform refuses");
      this.save(containmentFailed(record));
      return;
    }
    this.#stop(leaked, candidate, record, action.kind === "replaceAndContain", chance);
  }

  #judge(leaked: Leaked, faults: Faults) {
    const world = this.#world;
    const vaults = Object.fromEntries(world.vaults.map((vault) => [vault.id, shown(vault, faults)]));
    const look = (clientId: string): Suspect => {
      const suspect = examine(world, clientId, leaked.secret, faults, vaults);
      return this.#mutation.suspect?.(suspect) ?? suspect;
    };
    const suspects = leaked.candidates.map(look);
    const isCutShort = leaked.isPartial || faults.login === "untried";
    const first = judgeCandidates(suspects, isCutShort);
    if (first.verdict.kind === "live") return first;
    const { found, isPartial } = findInVaults(Object.values(vaults), leaked.secret);
    if (found !== undefined && !leaked.candidates.includes(found.clientId))
      suspects.push(look(found.clientId));
    return judgeCandidates(suspects, isCutShort || isPartial);
  }

  #crashMaybe(chance: Chance): void {
    if (chance.happens(0.03)) throw new Crash("on the way");
  }

  #stop(
    leaked: Leaked,
    { clientId, vault, evidence }: Suspect,
    of: AlertCase,
    isReplaced: boolean,
    chance: Chance,
  ): void {
    const world = this.#world;
    const { now } = world;
    const key = leakKey(clientId, leaked.secret);
    const store = world.vaults.find(({ versions }) => versions.get("AWSCURRENT")?.clientId === clientId);
    const isInPlace = store !== undefined && store.strategy !== "blueGreen";
    let record = startLeak(readLeak(this.tables.leaks.get(key)).leak, {
      by: leaked.alert,
      at: now,
      inPlace: isInPlace,
    });
    this.tables.leaks.set(key, record);
    this.#crashMaybe(chance);
    if (isReplaced && !isInPlace && store !== undefined) {
      const current = store.versions.get("AWSCURRENT");
      const next = addGeneration(world, store);
      this.#crashMaybe(chance);
      store.versions.set("AWSCURRENT", stored("AWSCURRENT", next));
      if (current !== undefined) store.versions.set("AWSPREVIOUS", { ...current, stage: "AWSPREVIOUS" });
      this.#crashMaybe(chance);
      record = replaceLeak(record, now);
    }
    const client = this.#oracle.stops(leaked, clientId, { vault, evidence, of, record });
    const mayDisable = world.tenantMayDisable && !isInPlace;
    if (mayDisable) client.state = "disabled";
    else resetSecret(world, client);
    client.isSecretLost = true;
    this.#crashMaybe(chance);
    if (isInPlace && store !== undefined) {
      const current = store.versions.get("AWSCURRENT");
      store.versions.set("AWSCURRENT", stored("AWSCURRENT", client));
      if (current !== undefined) store.versions.set("AWSPREVIOUS", { ...current, stage: "AWSPREVIOUS" });
      client.isSecretLost = false;
      this.#crashMaybe(chance);
      record = replaceLeak(record, now);
    }
    const containment = isInPlace ? "replacedInPlace" : mayDisable ? "disabled" : "secretReset";
    const done = {
      at: now,
      containment,
      liveTokensUntil: liveTokensUntil({ at: now, containment }, 3600),
    } as const;
    this.tables.leaks.set(key, containLeak(record, done));
    this.#crashMaybe(chance);
    const { case: fresh } = readCase(this.tables.cases.get(alertKey(leaked.alert)), of);
    this.save(contained(record.replacedAt === undefined ? fresh : replaced(fresh, record.replacedAt), done));
  }
}
