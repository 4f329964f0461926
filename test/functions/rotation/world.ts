import fc from "fast-check";
import { type ConsumerKind, consumerKinds } from "./consumers.ts";

/** Everything that differs from one random world to another. */
export interface World {
  seed: number;
  intervalHours: number;
  secretCacheSeconds: number;
  tokenLifetimeSeconds: number;
  /** Of clocks ahead of the slowest one, in milliseconds: no two differ by more than five minutes. */
  skew: { platform: number; functions: number };
  consumers: { kind: ConsumerKind; skew: number }[];
  /** How likely a call of a function ends badly. */
  mishapRate: number;
  /** The longest that a call usually takes; a few take half a minute. */
  latencyMilliseconds: number;
  schedules: { lost: number; late: number; twice: number; latestHours: number };
  platform: {
    inactiveKeepsTokens: boolean;
    deletedClientKeepsTokens: boolean;
    inactiveSchedulesDeletion: boolean;
    deleteOfOldClient: "scheduled" | "immediate";
    deletedClientReads: "notFound" | "deletedState";
    secretResetKillsTokens: boolean;
    usageDelaySeconds: number;
    /** Reads that still show the world before a change. */
    lag: { lists: number; gets: number };
  };
  /** What the stack's configuration says; never `true` where the platform does not keep tokens. */
  declaresThatInactiveKeepsTokens: boolean;
  masterIntervalHours: number;
}

const fiveMinutes = 300_000;
const skew = fc.integer({ min: 0, max: fiveMinutes });
const intervalHours = fc.oneof(
  fc.constantFrom(4, 6, 8, 12, 24, 168, 720, 2160),
  fc.integer({ min: 4, max: 48 }),
  fc.integer({ min: 3, max: 90 }).map((days) => days * 24),
);
const share = fc.constantFrom(0, 0, 0.1, 0.3, 1);

export const worlds: fc.Arbitrary<World> = fc
  .record({
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    intervalHours,
    secretCacheSeconds: fc.oneof(fc.constantFrom(0, 60, 300, 900), fc.integer({ min: 0, max: 900 })),
    tokenLifetimeSeconds: fc.oneof(
      fc.constantFrom(300, 3_600, 86_400, 172_800),
      fc.integer({ min: 300, max: 172_800 }),
    ),
    skew: fc.record({ platform: skew, functions: skew }),
    consumers: fc.array(fc.record({ kind: fc.constantFrom(...consumerKinds), skew }), {
      minLength: 1,
      maxLength: 20,
      size: "max",
    }),
    mishapRate: fc.constantFrom(0, 0.002, 0.01, 0.05, 0.15),
    latencyMilliseconds: fc.constantFrom(0, 50, 500, 3_000),
    schedules: fc.record({ lost: share, late: share, twice: share, latestHours: fc.constantFrom(1, 6, 72) }),
    platform: fc.record({
      inactiveKeepsTokens: fc.boolean(),
      deletedClientKeepsTokens: fc.boolean(),
      inactiveSchedulesDeletion: fc.boolean(),
      deleteOfOldClient: fc.constantFrom("scheduled" as const, "immediate" as const),
      deletedClientReads: fc.constantFrom("notFound" as const, "deletedState" as const),
      secretResetKillsTokens: fc.boolean(),
      usageDelaySeconds: fc.constantFrom(0, 600, 3_600, 86_400),
      lag: fc.record({ lists: fc.constantFrom(0, 0, 1, 2), gets: fc.constantFrom(0, 0, 1, 2) }),
    }),
    declaresThatInactiveKeepsTokens: fc.boolean(),
    masterPace: fc.constantFrom(0.5, 1, 3),
  })
  .map(({ masterPace, ...world }) => ({
    ...world,
    // Neither much faster nor much slower: the two are to meet.
    masterIntervalHours: Math.min(
      2160,
      Math.max(4, Math.round((world.intervalHours * masterPace) / 24) * 24),
    ),
    declaresThatInactiveKeepsTokens:
      world.declaresThatInactiveKeepsTokens && world.platform.inactiveKeepsTokens,
  }));
