import { hasShape, isFields, isText, isTime } from "./fields.ts";

/** One client that was, or is about to be, contained. */
export interface CountedContainment {
  /** `leakKey`: the same leak counts once, however often it is tried. */
  leak: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** The containments of the last hour, as the ledger keeps them under `capKey`; newest first. */
export interface ContainmentCount {
  containments: readonly CountedContainment[];
}

/** The ledger's key of the count. */
export const capKey = "containments";

const hour = 3_600_000;

/** Beyond the cap itself, what persons have released above it. */
const kept = 200;

export const noContainments: ContainmentCount = { containments: [] };

const isContainment = hasShape<CountedContainment>({ leak: isText, at: isTime });

/** What was read, and what it is worth. */
export interface ReadCount {
  count: ContainmentCount;
  state: "known" | "missing" | "damaged";
}

/** Reads what the ledger answered. Never throws: what is unusable is left out. */
export const readCount = (value: unknown): ReadCount => {
  if (value === undefined) return { count: noContainments, state: "missing" };
  if (!isFields(value) || !Array.isArray(value.containments))
    return { count: noContainments, state: "damaged" };
  const containments = value.containments.filter(isContainment);
  const isWhole = containments.length === value.containments.length;
  return { count: { containments }, state: isWhole ? "known" : "damaged" };
};

const withinHour = ({ containments }: ContainmentCount, now: number): readonly CountedContainment[] =>
  containments.filter(({ at }) => at > now - hour);

/** Whether this leak may be contained now: it is counted already, or fewer than `cap` were within the hour. */
export const hasRoom = (count: ContainmentCount, leak: string, now: number, cap: number): boolean => {
  const recent = withinHour(count, now);
  return recent.length < cap || recent.some((each) => each.leak === leak);
};

/**
 * Counts the leak from now on: to be written before each attempt at the containment, by whoever found room for it.
 * Another attempt counts no more than the first, but moves its time, because that is when the client dies. What a
 * person released is counted as well, room or not.
 */
export const reserve = (
  count: ContainmentCount,
  leak: string,
  now: number,
  cap: number,
): ContainmentCount => {
  const others = withinHour(count, now).filter((each) => each.leak !== leak);
  return { containments: [{ leak, at: now }, ...others].slice(0, cap + kept) };
};

/** It came to nothing: the room is free again. */
export const undoReservation = ({ containments }: ContainmentCount, leak: string): ContainmentCount => ({
  containments: containments.filter((each) => each.leak !== leak),
});
