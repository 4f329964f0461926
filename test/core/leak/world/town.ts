import { type AlertCase, type AlertId, alertKey, type FollowUp } from "../../../../core/leak/alert-case.ts";
import { receivedCase } from "../../../../core/leak/case-history.ts";
import { type ReadCase, readCase } from "../../../../core/leak/case-record.ts";
import {
  closedIfDone,
  dueFollowUps,
  followUpDone,
  followUpFailed,
  isReminderDue,
  reminded,
} from "../../../../core/leak/follow-ups.ts";
import { lookPauses } from "../../../../core/leak/plan.ts";
import type { LookReason } from "../../../../core/leak/receipt.ts";
import { sweep } from "../../../../core/leak/sweep.ts";
import { Calm, Chance } from "./chance.ts";
import { liveOn } from "./life.ts";
import { Oracle } from "./oracle.ts";
import { type Faults, faultsOf, noFaults } from "./platform.ts";
import { Crash, type Leaked, type Message, type Mutation, Worker } from "./worker.ts";
import { newWorld, nextName, type World } from "./world.ts";

/** Rarer than in earnest: most of a sweep is looking at what is in order. */
const sweepEvery = 7_200_000;

/** One organisation, the alerts it gets, and the queues, reports and sweeps between them and the worker. */
export class Town {
  readonly world: World;
  readonly oracle: Oracle;
  readonly #worker: Worker;
  readonly #leaked = new Map<string, Leaked>();
  readonly #pushed: Leaked[] = [];
  readonly #told = new Map<string, { security: boolean; resolved: boolean; dismissed: boolean }>();
  #queue: { due: number; message: Message }[] = [];
  readonly #seen = new WeakMap<object, ReadCase>();
  #lastSweep = 0;
  #isCalm = false;

  constructor(seed: number, mutation: Mutation) {
    this.world = newWorld(seed);
    this.oracle = new Oracle(this.world);
    this.#worker = new Worker(this.world, this.oracle, mutation);
  }

  /** A secret is pushed, and GitHub tells of it: once, several times, late, or not at all. */
  push(seed: number): void {
    const chance = new Chance(seed);
    liveOn(this.world, chance);
    const leaked = this.#leak(chance);
    const key = alertKey(leaked.alert);
    this.#leaked.set(key, leaked);
    this.#pushed.push(leaked);
    this.#told.set(key, { security: false, resolved: false, dismissed: false });
    const reasons: LookReason[] = chance.happens(0.05) ? [] : ["created"];
    if (chance.happens(0.2))
      reasons.push(chance.of(["created", "newLocation", "reopened", "publiclyLeaked"]));
    for (const reason of reasons)
      this.#send(leaked, reason, chance.happens(0.3) ? chance.below(1_800_000) : 0);
    if (chance.happens(0.05)) this.#damage(chance);
    this.#turn(chance);
  }

  /**
   * Time goes by without new alerts, and nothing goes wrong any more: for as many rounds as there are looks at what has
   * no answer, and two in which people are told that it has none.
   */
  settle(): void {
    this.#isCalm = true;
    const chance = new Calm(1);
    for (let round = 0; round < lookPauses.length + 3; round += 1) {
      this.world.now += sweepEvery;
      this.#turn(chance);
    }
    for (const [key, leaked] of this.#leaked)
      this.oracle.endOf(
        leaked,
        this.#caseOf(leaked.alert),
        this.#told.get(key) ?? { security: false, resolved: false, dismissed: false },
      );
  }

  #leak(chance: Chance): Leaked {
    const { world } = this;
    const clients = [...world.clients.values()];
    const owner = chance.of(clients);
    const earlier = this.#pushed.slice(-30);
    const stored = chance.of(world.vaults).versions;
    const secret = chance.happens(0.4)
      ? owner.secret
      : chance.of([
          () => chance.of([...stored.values()]).fingerprint,
          () => (earlier.length > 0 ? chance.of(earlier).secret : owner.secret),
          () => (world.formerSecrets.length > 0 ? chance.of(world.formerSecrets) : owner.secret),
          () => nextName(world, "lookalike"),
        ])();
    const trueOwner = this.oracle.ownerOf(secret) ?? owner;
    const candidates = new Set<string>();
    if (chance.happens(0.3)) candidates.add(chance.of(clients).clientId);
    if (chance.happens(0.85)) candidates.add(trueOwner.clientId);
    if (chance.happens(0.2)) candidates.add(chance.of(clients).clientId);
    if (chance.happens(0.1)) candidates.add(nextName(world, "nobody"));
    return {
      alert: { repository: "acme/app", number: this.#leaked.size + 1 },
      secret,
      candidates: [...candidates],
      isPartial: chance.happens(0.05),
      alertedAt: world.now,
      ...(chance.happens(0.9)
        ? { committedAt: world.now - chance.below(chance.happens(0.1) ? 1e9 : 1e6) }
        : {}),
    };
  }

  #caseOf(alert: AlertId): AlertCase {
    return this.#worker.caseOf(alert);
  }

  #send(leaked: Leaked, reason: LookReason, delay: number, more: Partial<Message> = {}): void {
    this.#queue.push({ due: this.world.now + delay, message: { leaked, reason, attempts: 0, ...more } });
  }

  #damage(chance: Chance): void {
    const { cases } = this.#worker.tables;
    const key = alertKey(chance.of(this.#pushed).alert);
    const record = cases.get(key);
    if (typeof record !== "object" || record === null) return;
    cases.set(key, chance.happens(0.2) ? "?" : { ...record, [chance.of(Object.keys(record))]: "?" });
  }

  #turn(chance: Chance): void {
    const { now } = this.world;
    const due = this.#queue.filter((each) => each.due <= now);
    this.#queue = this.#queue.filter((each) => each.due > now);
    while (due.length > 0) {
      const [next] = due.splice(this.#isCalm ? 0 : chance.below(due.length), 1);
      if (next !== undefined) this.#work(next.message, chance);
    }
    if (now - this.#lastSweep >= sweepEvery) this.#sweep(chance);
  }

  #work(message: Message, chance: Chance): void {
    const { leaked } = message;
    const told = this.#told.get(alertKey(leaked.alert));
    if (told !== undefined && message.release?.decision === "dismiss") told.dismissed = true;
    const faults: Faults = this.#isCalm ? noFaults : faultsOf(chance);
    try {
      this.#worker.work(message, faults, chance);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      // The queue brings it back a few times; then the sweeper has to notice.
      if (message.attempts < 3)
        this.#send(leaked, message.reason, 30_000, { ...message, attempts: message.attempts + 1 });
      return;
    }
    const of = this.#caseOf(leaked.alert);
    if (of.action?.kind === "lookAgain" && chance.happens(0.9))
      this.#send(leaked, "lookAgain", of.action.afterSeconds * 1000);
    else if (chance.happens(0.95)) this.#report(leaked, chance);
    if (of.action?.kind === "hold" && of.release === undefined && chance.happens(0.2))
      this.#send(leaked, "release", 60_000, {
        release: { decision: chance.of(["contain", "dismiss"] as const), by: "ada", at: this.world.now },
      });
  }

  #report({ alert }: Leaked, chance: Chance): void {
    const { now } = this.world;
    let of = this.#caseOf(alert);
    const told = this.#told.get(alertKey(alert));
    if (told === undefined) return;
    const tell: Readonly<Record<FollowUp, () => void>> = {
      siem: () => {},
      resolve: () => {
        told.resolved = true;
      },
      notify: () => {
        told.security = true;
      },
    };
    const isReminder = isReminderDue(of, now);
    for (const each of dueFollowUps(of)) {
      if (!this.#isCalm && chance.happens(0.1)) {
        of = followUpFailed(of, each, "503");
      } else {
        tell[each]();
        of = followUpDone(of, each, now);
      }
    }
    this.#worker.save(closedIfDone(isReminder ? reminded(of, now) : of, now));
  }

  #sweep(chance: Chance): void {
    const { now } = this.world;
    this.#lastSweep = now;
    const read = [...this.#leaked.values()].map((leaked) => ({ leaked, ...this.#read(leaked.alert) }));
    const damaged = read.filter(({ state }) => state === "damaged");
    for (const each of damaged) this.#worker.save(each.case);
    const { look, report } = sweep({
      now,
      openAlerts: read
        .filter(({ leaked }) => this.#told.get(alertKey(leaked.alert))?.resolved === false)
        .map(({ leaked }) => ({ ...leaked.alert, createdAt: leaked.alertedAt })),
      cases: read.filter(({ state }) => state === "known").map((each) => each.case),
      damaged: damaged.map(({ leaked }) => leaked.alert),
      failedDeliveries: [],
    });
    for (const alert of look)
      this.#work({ leaked: this.#leakedOf(alert), reason: "sweep", attempts: 0 }, chance);
    for (const alert of report) this.#report(this.#leakedOf(alert), chance);
  }

  /** A record that has not changed since is not taken apart again. */
  #read(alert: AlertId): ReadCase {
    const record = this.#worker.tables.cases.get(alertKey(alert));
    if (typeof record !== "object" || record === null)
      return readCase(record, receivedCase(alert, this.world.now));
    const known = this.#seen.get(record) ?? readCase(record, receivedCase(alert, this.world.now));
    this.#seen.set(record, known);
    return known;
  }

  #leakedOf(alert: AlertId): Leaked {
    const leaked = this.#leaked.get(alertKey(alert));
    if (leaked === undefined) throw new Error("an alert that nobody made");
    return leaked;
  }
}

/** Sends alerts through a world, and answers what the oracle has to say. */
export const run = (seed: number, alerts: readonly number[], mutation: Mutation = {}): Oracle => {
  const town = new Town(seed, mutation);
  for (const alert of alerts) town.push(alert);
  town.settle();
  return town.oracle;
};
