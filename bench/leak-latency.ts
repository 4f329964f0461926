/**
 * How long a leaked credential lives, on this machine's clock: from the webhook's arrival to the moment at which the
 * platform refuses the leaked secret, with the credential verified and replaced on the way. Everything runs within this
 * process, every outside call takes 150 ms, and the functions are warm. A world's own clock follows the machine's, so
 * that what the processor needs counts as well.
 */
import { performance } from "node:perf_hooks";
import type { Mishap, OutsideCall } from "../sandbox/runtime/index.ts";
import { fileWith, LeakWorld } from "../test/functions/revoker/world.ts";
import { atMost, type Result } from "./result.ts";

const latencyMilliseconds = 150;
const runs = Number(process.env.BENCH_LEAKS ?? 1_000);
const troubledRuns = Math.ceil(runs / 16);
/** At a time: few enough for the processor not to be what is measured. */
const together = 16;
const patienceMilliseconds = 30_000;

const goalOf = (calls: number) => calls * latencyMilliseconds + 300;
const troubleMilliseconds = 3_000;

const followMachine = async (world: LeakWorld, isOver: () => boolean): Promise<void> => {
  const { clock } = world;
  const offset = clock.now() - performance.now();
  const latest = performance.now() + patienceMilliseconds;
  while (!isOver() && performance.now() < latest) {
    await clock.advanceTo(offset + performance.now());
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
};

interface Leak {
  world: LeakWorld;
  /** Has it leak; answers how long it then lived. */
  run(follow: (isOver: () => boolean) => Promise<void>, now: () => number): Promise<number>;
}

/** What befalls the calls of the platform and of GitHub, by their number after the push. */
type Plan = ReadonlyMap<number, Mishap>;

const overHttp = new Set<OutsideCall["port"]>(["platform", "github"]);

const prepare = async (seed: number, plan: Plan = new Map()): Promise<Leak> => {
  const world = new LeakWorld({ seed });
  const other = world.pairOf("reporting");
  world.push(other, { files: { "warm.py": fileWith(other) } });
  await world.pass(10);
  const pair = world.value("crm");
  const { clients } = world.genesys.world;
  return {
    world,
    run: async (follow, now) => {
      let calls = 0;
      world.mishap = ({ functionName, port }) =>
        functionName === "revoke" && overHttp.has(port) ? plan.get(calls++) : undefined;
      world.latencyMilliseconds = latencyMilliseconds;
      let diedAt: number | undefined;
      clients.onChange(({ id, after }) => {
        if (id === pair.clientId && (after?.secret !== pair.clientSecret || after.state !== "active"))
          diedAt ??= now();
      });
      const pushedAt = now();
      world.push(pair, { files: { "leak.py": fileWith(pair) } });
      await follow(() => diedAt !== undefined);
      if (diedAt === undefined || world.value("crm").clientId === pair.clientId)
        throw new Error(`The leaked credential of run ${seed} is not dead and replaced.`);
      return diedAt - pushedAt;
    },
  };
};

/** Outside calls that wait for one another: on a clock on which nothing but calls takes time. */
const callsInARow = async (): Promise<number> => {
  const { world, run } = await prepare(1);
  const milliseconds = await run(
    async (isOver) => {
      for (let second = 0; second < 60 && !isOver(); second += 1) await world.pass(1);
    },
    () => world.clock.now(),
  );
  return Math.ceil(milliseconds / latencyMilliseconds);
};

const lives = async (count: number, planOf: (run: number) => Plan | undefined): Promise<number[]> => {
  const times: number[] = [];
  for (let start = 0; start < count; start += together) {
    const leaks: Leak[] = [];
    for (let seed = start; seed < Math.min(count, start + together); seed += 1)
      leaks.push(await prepare(seed + 1, planOf(seed)));
    times.push(
      ...(await Promise.all(
        leaks.map(({ world, run }) =>
          run(
            (isOver) => followMachine(world, isOver),
            () => performance.now(),
          ),
        ),
      )),
    );
  }
  return times.sort((one, other) => one - other);
};

const percentile = (sorted: readonly number[], percent: number): number =>
  Math.round(sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? Number.NaN);

const limited: Mishap = { kind: "status", status: 429, retryAfterSeconds: 1 };
const failed: Mishap = { kind: "status", status: 503 };

/** One of each kind, one right after the other, anywhere among the eight calls on the way. */
const trouble = (run: number): Plan => {
  const at = run % 8;
  const [first, second] = run % 16 < 8 ? [limited, failed] : [failed, limited];
  return new Map([
    [at, first],
    [at + 1, second],
  ]);
};

/** 1,000 leaks, and a further 63 with trouble on the way. */
export const measureLeakLatency = async (): Promise<Result[]> => {
  const calls = await callsInARow();
  const plain = await lives(runs, () => undefined);
  const troubled = await lives(troubledRuns, trouble);
  const goal = goalOf(calls);
  const time = (name: string, measured: number, most: number): Result =>
    atMost(name, measured, most, "ms", "time");
  return [
    atMost("outside calls in a row, webhook to dead credential", calls, 9, "calls", "count"),
    time(`webhook to dead credential, ${runs} leaks, p50`, percentile(plain, 50), goal),
    time(`webhook to dead credential, ${runs} leaks, p95`, percentile(plain, 95), goal),
    time(
      `the same with a 429 and a 5xx, ${troubledRuns} leaks, the slowest`,
      percentile(troubled, 100),
      goal + troubleMilliseconds,
    ),
  ];
};
