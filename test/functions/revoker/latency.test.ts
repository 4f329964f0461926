import type { Mishap, OutsideCall } from "../../../sandbox/runtime/index.ts";
import { proof } from "../../proof.ts";
import { fileWith, LeakWorld, type Pair } from "./world.ts";

const latency = 150;

/** What befalls the nth call of a service over HTTP after the push, counted from 0. */
type Plan = Readonly<Record<number, Mishap>>;

const overHttp = new Set<OutsideCall["port"]>(["platform", "github"]);

interface Measured {
  milliseconds: number;
  /** Calls over HTTP until the client was dead. */
  http: readonly string[];
}

const measured = async (
  leak: (world: LeakWorld) => Pair,
  { plan = {}, idleSeconds = 0, seed = 1 }: { plan?: Plan; idleSeconds?: number; seed?: number } = {},
): Promise<Measured> => {
  const world = new LeakWorld({ seed });
  // Warm: each function has run once.
  const other = world.pairOf("reporting");
  world.push(other, { files: { "warm.py": fileWith(other) } });
  await world.pass(10 + idleSeconds);
  world.latencyMilliseconds = latency;
  const http: string[] = [];
  const left = new Map(Object.entries(plan).map(([index, mishap]) => [Number(index), mishap]));
  let containedAt = Number.NaN;
  world.mishap = ({ functionName, port, operation }) => {
    if (functionName !== "revoke" || !overHttp.has(port) || !Number.isNaN(containedAt)) return undefined;
    const mishap = left.get(http.length);
    left.delete(http.length);
    http.push(`${port} ${operation}`);
    return mishap;
  };
  const pair = leak(world);
  const pushedAt = world.clock.now();
  const alert = world.push(pair, { files: { "leak.py": fileWith(pair) } });
  for (let second = 0; second < 60 && world.case(alert)?.containedAt === undefined; second += 1)
    await world.pass(1);
  containedAt = world.case(alert)?.containedAt ?? Number.NaN;
  await world.pass(30);
  world.latencyMilliseconds = 0;
  expect([...left.keys()]).toEqual([]);
  expect(await world.logsIn(pair)).toBe(false);
  expect(await world.logsIn(world.value("crm"))).toBe(true);
  expect(world.metric("LeakReceiptToContainment").at(-1)).toBe(containedAt - pushedAt);
  return { milliseconds: containedAt - pushedAt, http };
};

const current = (world: LeakWorld): Pair => world.value("crm");

describe("from the webhook to the dead client", () => {
  test.each<[string, (world: LeakWorld) => Pair, number]>([
    ["a credential in use, verified and replaced", current, 9],
    [
      "a client that the stack declares, with its secret in the store",
      (world) => world.pairOf("wallboard"),
      8,
    ],
    ["a client that the stack declares and nobody stores", (world) => world.pairOf("reporting"), 7],
  ])("%s takes no more calls one after the other than were counted", async (_, leak, most) => {
    const { milliseconds } = await measured(leak);
    expect(milliseconds / latency).toBeLessThanOrEqual(most);
  });

  test("takes no more where the master's session has to be made anew", async () => {
    const { milliseconds } = await measured(current, { idleSeconds: 200 });
    expect(milliseconds / latency).toBeLessThanOrEqual(9);
  });
});

const limited: Mishap = { kind: "status", status: 429, retryAfterSeconds: 1 };
const failed: Mishap = { kind: "status", status: 503 };
const most = 9 * latency + 300 + 3_000;

/** Eight calls over HTTP lie on the way of a credential in use. */
const calls = [0, 1, 2, 3, 4, 5, 6, 7] as const;

test.each(calls)(
  "a rate limit at call %i and a failure of the next cost three seconds at most",
  async (call) => {
    const { milliseconds } = await measured(current, { plan: { [call]: limited, [call + 1]: failed } });
    expect(milliseconds).toBeLessThanOrEqual(most);
  },
);

test.each(calls)(
  "a failure of call %i and a rate limit at the next cost three seconds at most",
  async (call) => {
    const { milliseconds } = await measured(current, { plan: { [call]: failed, [call + 1]: limited } });
    expect(milliseconds).toBeLessThanOrEqual(most);
  },
);

proof("95 of 100 leaks are dead within their calls and 300 ms", { quick: 20, full: 1_000 }, async (runs) => {
  const times: number[] = [];
  for (let seed = 1; seed <= runs; seed += 1) times.push((await measured(current, { seed })).milliseconds);
  times.sort((a, b) => a - b);
  expect(times[Math.ceil(times.length * 0.95) - 1]).toBeLessThanOrEqual(9 * latency + 300);
});
