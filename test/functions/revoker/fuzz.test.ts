/** Leaks of every kind at once, through the handlers, with whatever may befall a call or a webhook. */
import { randomBytes, randomUUID } from "node:crypto";
import type { AlertCase, AlertId } from "../../../core/leak/alert-case.ts";
import type { Mishap, OutsideCall } from "../../../sandbox/runtime/index.ts";
import { proof } from "../../proof.ts";
import { fileWith, LeakWorld, type Pair } from "./world.ts";

type Kind = "current" | "declared" | "stored" | "unmanaged" | "dead" | "foreign" | "lookAlike" | "decoy";

interface Leak {
  kind: Kind;
  pair: Pair;
  alerts: AlertId[];
}

const lookAlike = (): string => `${randomBytes(32).toString("base64url").slice(0, 42)}A`;

/** What leaks in one world: each kind once, in an order that differs. */
const leaksIn = (world: LeakWorld): Leak[] => {
  const pairs: Record<Kind, Pair> = {
    current: world.value("crm"),
    declared: world.pairOf("reporting"),
    stored: world.pairOf("wallboard"),
    unmanaged: world.addClient("Somebody's"),
    dead: { clientId: world.value("crm").clientId, clientSecret: lookAlike() },
    foreign: { clientId: randomUUID(), clientSecret: lookAlike() },
    lookAlike: { clientId: "", clientSecret: lookAlike() },
    decoy: world.pairOf("backup"),
  };
  return (Object.keys(pairs) as Kind[])
    .map((kind) => ({ kind, pair: pairs[kind], alerts: [], order: world.clock.random() }))
    .sort((a, b) => a.order - b.order);
};

const mishaps: readonly Mishap[] = [
  { kind: "crashBefore" },
  { kind: "crashAfter" },
  { kind: "failBefore" },
  { kind: "failAfter" },
  { kind: "status", status: 429, retryAfterSeconds: 1 },
  { kind: "status", status: 500 },
  { kind: "status", status: 503 },
];

const ofLeaks = new Set(["receive", "revoke", "report", "sweep"]);

const befalls =
  (world: LeakWorld, rate: number) =>
  ({ functionName }: OutsideCall): Mishap | undefined =>
    ofLeaks.has(functionName) && world.clock.random() < rate
      ? mishaps[Math.floor(world.clock.random() * mishaps.length)]
      : undefined;

const isHeld = (of: AlertCase | undefined): boolean => of?.action?.kind === "hold";

/** Nothing is left to do, or a person has been called. */
const isAccountedFor = (of: AlertCase | undefined): boolean =>
  of?.closedAt !== undefined || (isHeld(of) && of?.followUps.notify?.doneAt !== undefined);

/** One world with eight leaks, one of them told twice. Answers how many alerts there were. */
const play = async (seed: number): Promise<number> => {
  const world = new LeakWorld({ seed, isScheduled: true, settings: { unmanagedClients: "hold" } });
  const leaks = leaksIn(world);
  const innocent = world.addClient("Nobody's business");
  await world.pass(60);
  const rate = [0, 0.02, 0.05, 0.1][seed % 4] ?? 0;
  world.latencyMilliseconds = [0, 50, 400][seed % 3] ?? 0;
  world.mishap = befalls(world, rate);
  world.github.world.setMishaps(() => {
    const chance = world.clock.random();
    if (chance < 0.1) return { kind: "duplicated", milliseconds: Math.floor(world.clock.random() * 400_000) };
    if (chance < 0.2) return { kind: "late", milliseconds: Math.floor(world.clock.random() * 120_000) };
    if (chance < 0.25) return { kind: "overtaken" };
    if (chance < 0.3) return { kind: "lost", recorded: world.clock.random() < 0.5 };
    return chance < 0.35 ? { kind: "answerLost" } : undefined;
  });
  for (const leak of leaks) {
    const file = leak.pair.clientId === "" ? `key = "${leak.pair.clientSecret}"\n` : fileWith(leak.pair);
    for (const copy of leak.kind === "current" ? ["a", "b"] : ["a"])
      leak.alerts.push(world.push(leak.pair, { files: { [`${leak.kind}-${copy}.py`]: file } }));
    await world.pass(Math.floor(world.clock.random() * 20));
  }
  await world.pass(1_800);
  // What befell it ends, and everything is settled.
  world.mishap = () => undefined;
  world.latencyMilliseconds = 0;
  await world.pass(3 * 3_600);

  for (const { kind, pair, alerts } of leaks) {
    const cases = alerts.map((alert) => world.case(alert));
    for (const of of cases) expect([seed, kind, isAccountedFor(of), of]).toEqual([seed, kind, true, of]);
    const isAlive = await world.logsIn(pair);
    if (kind === "unmanaged" || kind === "decoy") expect([seed, kind, isAlive]).toEqual([seed, kind, true]);
    else if (isAlive) expect([seed, kind, cases.every(isHeld), cases]).toEqual([seed, kind, true, cases]);
  }
  for (const id of ["crm", "master", "wallboard"])
    expect([seed, id, await world.logsIn(world.value(id))]).toEqual([seed, id, true]);
  expect([seed, await world.logsIn(innocent)]).toEqual([seed, true]);
  return new Set(leaks.flatMap(({ alerts }) => alerts.map(({ number }) => number))).size;
};

proof(
  "no client is killed that was not live and ours, and every alert is accounted for, whatever befalls",
  { quick: 160, full: 20_000 },
  async (alerts) => {
    let played = 0;
    for (let seed = 1; played < alerts; seed += 1) played += await play(seed);
  },
);
