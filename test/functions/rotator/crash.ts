import type { World } from "./world.ts";
import type { Interference, OutsideCall } from "./world-ports.ts";

/** Where a function dies: at which of its outside calls, counted from 0, and whether that still took effect. */
export interface CrashPoint {
  call: number;
  when: "before" | "after";
}

/** Kills the process at the point: from then on, nothing that it tries has an effect. */
export const crashAt = ({ call: number, when }: CrashPoint): Interference => {
  let calls = 0;
  let isDead = false;
  const die = (): never => {
    isDead = true;
    throw new Error("killed");
  };
  return {
    before: () => {
      if (isDead || (when === "before" && calls === number)) die();
    },
    after: () => {
      if (isDead) die();
      calls += 1;
      if (when === "after" && calls === number + 1) die();
    },
    isDead: () => isDead,
  };
};

/** The outside calls of a run that nobody disturbs. */
export const outsideCallsOf = async (
  makeWorld: () => Promise<World>,
  run: (world: World) => Promise<void>,
): Promise<readonly OutsideCall[]> => {
  const world = await makeWorld();
  world.calls.length = 0;
  await run(world);
  return [...world.calls];
};

export const crashPoints = (calls: readonly OutsideCall[]): CrashPoint[] =>
  calls.flatMap((_, call): CrashPoint[] => [
    { call, when: "before" },
    { call, when: "after" },
  ]);
