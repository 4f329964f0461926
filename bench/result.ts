/** One measured number against its goal. */
export interface Result {
  name: string;
  /** The most it may be. */
  goal: number;
  measured: number;
  unit: string;
  kind: "count" | "size" | "ratio" | "time";
  ok: boolean;
}

/** A number that may be `goal` at most. */
export const atMost = (
  name: string,
  measured: number,
  goal: number,
  unit: string,
  kind: Result["kind"],
): Result => ({ name, goal, measured, unit, kind, ok: measured <= goal });
