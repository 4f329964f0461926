import type { AlertCase, AlertId } from "./alert-case.ts";
import type { VaultAnswer } from "./evidence.ts";
import {
  type Fields,
  hasShape,
  isCount,
  isFields,
  isFlag,
  isOneOf,
  isText,
  isTime,
  soundFields,
} from "./fields.ts";

/**
 * What has been done about one secret of one client, as the ledger keeps it under `leakKey`: however many alerts it
 * raises, it is contained once, and all of them are told so. Times are milliseconds since 1970.
 */
export interface LeakRecord {
  /** Written before the first change: after a crash, a secret that is dead by then was killed by us. */
  startedAt?: number;
  /** The alert that it was first done for. */
  by?: AlertId;
  /** The client keeps its id and gets a new secret, which its users can only have from the store. */
  inPlace?: boolean;
  replacedAt?: number;
  containedAt?: number;
  containment?: NonNullable<AlertCase["containment"]>;
  /** Tokens that were issued before may work until then. */
  liveTokensUntil?: number;
}

export const untouchedLeak: LeakRecord = {};

export const containments = ["disabled", "secretReset", "replacedInPlace"] as const;

export const isAlertId = hasShape<AlertId>({ repository: isText, number: isCount });

const shape = {
  startedAt: isTime,
  by: isAlertId,
  inPlace: isFlag,
  replacedAt: isTime,
  containedAt: isTime,
  containment: isOneOf(containments),
  liveTokensUntil: isTime,
};

/** What was read, and what it is worth: what is unusable in a damaged record is left out. */
export interface ReadLeak {
  leak: LeakRecord;
  state: "known" | "missing" | "damaged";
}

/** Reads what the ledger answered. Never throws. */
export const readLeak = (value: unknown): ReadLeak => {
  if (value === undefined) return { leak: untouchedLeak, state: "missing" };
  if (!isFields(value)) return { leak: untouchedLeak, state: "damaged" };
  const { sound, isWhole } = soundFields(value as Fields, shape);
  return { leak: sound as LeakRecord, state: isWhole ? "known" : "damaged" };
};

/** About to be contained, for that alert. Called again it changes nothing. */
export const startLeak = (
  leak: LeakRecord,
  { by, at, inPlace }: { by: AlertId; at: number; inPlace: boolean },
): LeakRecord => ({ startedAt: at, by, inPlace, ...leak });

/** Its successor is what users read from the store now. */
export const replaceLeak = (leak: LeakRecord, at: number): LeakRecord => ({ replacedAt: at, ...leak });

/** How a leaked client was stopped. */
export interface Containment {
  at: number;
  containment: NonNullable<AlertCase["containment"]>;
  liveTokensUntil: number;
}

/** It takes no more logins with the leaked secret. What an earlier containment said stays. */
export const containLeak = (leak: LeakRecord, done: Containment): LeakRecord =>
  leak.containedAt === undefined
    ? {
        startedAt: done.at,
        ...leak,
        containedAt: done.at,
        containment: done.containment,
        liveTokensUntil: done.liveTokensUntil,
      }
    : leak;

/**
 * A crash fell between the containment and its record: the secret is dead, and we had begun to kill it. What was to
 * be replaced in place is done only once the store is seen to hold another secret: `vault` is what it says; without
 * it the caller has seen to that.
 */
export const isContainedUnrecorded = (leak: LeakRecord, isDead: boolean, vault?: VaultAnswer): boolean =>
  isDead &&
  leak.startedAt !== undefined &&
  leak.containedAt === undefined &&
  (leak.inPlace !== true ||
    leak.replacedAt !== undefined ||
    vault === undefined ||
    vault.kind === "different");
