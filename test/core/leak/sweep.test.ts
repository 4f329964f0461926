import type { AlertCase } from "../../../core/leak/alert-case.ts";
import { type FailedWebhook, type SweepFacts, sweep } from "../../../core/leak/sweep.ts";
import { caseOf } from "./cases.ts";

const now = 1_000_000_000;
const day = 86_400_000;
const late = now - 120_001;
const intime = now - 120_000;
const facts = (more: Partial<SweepFacts> = {}): SweepFacts => ({
  now,
  openAlerts: [],
  cases: [],
  damaged: [],
  failedDeliveries: [],
  ...more,
});
const id = (number = 7) => ({ repository: "acme/app", number });
const nothing = { redeliver: [], look: [], report: [], finds: 0 };
const of = (more: Partial<AlertCase>, number = 7) =>
  caseOf({ receivedAt: 100, lookedAt: late, ...more }, number);
const swept = (...cases: AlertCase[]) => sweep(facts({ cases }));
const done = { failures: 0, doneAt: now - 10 };
const said = { siem: done, resolve: done, notify: done };

test("where everything is in order there is nothing to do", () => {
  expect(sweep(facts())).toEqual(nothing);
});

describe("deliveries", () => {
  const webhook = (number: number, more: Partial<FailedWebhook> = {}): FailedWebhook => ({
    id: number,
    guid: `guid ${number}`,
    event: "secret_scanning_alert",
    deliveredAt: now - number,
    ...more,
  });
  const redelivered = (...failedDeliveries: FailedWebhook[]) => sweep(facts({ failedDeliveries }));

  test("that failed are asked for again, the newest first", () => {
    expect(redelivered(webhook(2), webhook(1))).toEqual({ ...nothing, redeliver: [1, 2], finds: 2 });
    const atOnce = [webhook(1), webhook(2, { deliveredAt: now - 1 })];
    expect(redelivered(...atOnce).redeliver).toEqual([2, 1]);
  });

  test("are asked for once, by their last attempt", () => {
    expect(redelivered(webhook(2, { guid: "x" }), webhook(1, { guid: "x" })).redeliver).toEqual([1]);
  });

  test("of what concerns us alone", () => {
    expect(redelivered(webhook(1, { event: "push" }))).toEqual(nothing);
    expect(redelivered(webhook(1, { event: "secret_scanning_alert_location" })).redeliver).toEqual([1]);
  });

  test("are asked for while GitHub has them", () => {
    expect(redelivered(webhook(1, { deliveredAt: now - 3 * day }))).toEqual(nothing);
    expect(redelivered(webhook(1, { deliveredAt: now - 3 * day + 1 })).redeliver).toEqual([1]);
  });

  test("are asked for in portions", () => {
    const many = Array.from({ length: 101 }, (_, index) => webhook(index + 1));
    expect(redelivered(...many).redeliver).toHaveLength(100);
  });
});

describe("an alert is looked at", () => {
  test("that is open and nobody has told us of", () => {
    const unheard = sweep(facts({ openAlerts: [{ ...id(), createdAt: late }] }));
    expect(unheard).toEqual({ ...nothing, look: [id()], finds: 1 });
    expect(sweep(facts({ openAlerts: [{ ...id(), createdAt: intime }] }))).toEqual(nothing);
  });

  test("once, if it is known or its case is damaged", () => {
    const openAlerts = [{ ...id(), createdAt: late }];
    expect(sweep(facts({ openAlerts, damaged: [id()] }))).toEqual({ ...nothing, look: [id()], finds: 1 });
    const closed = caseOf({ action: { kind: "reportOnly" }, followUps: said, closedAt: now });
    expect(sweep(facts({ openAlerts, cases: [closed] }))).toEqual(nothing);
  });

  test.each<[string, Partial<AlertCase>, Partial<AlertCase>]>([
    ["that nobody has looked at", { receivedAt: late }, { receivedAt: intime }],
    [
      "that is to be stopped, and is not",
      { action: { kind: "contain" } },
      { action: { kind: "contain" }, lookedAt: intime },
    ],
    [
      "whose next look did not come",
      { action: { kind: "lookAgain", afterSeconds: 30 }, lookAgainAt: late },
      { action: { kind: "lookAgain", afterSeconds: 30 }, lookAgainAt: intime },
    ],
  ])("%s", (_, overdue, underWay) => {
    expect(swept(of(overdue))).toEqual({ ...nothing, look: [id()], finds: 1 });
    expect(swept(of(underWay))).toEqual(nothing);
  });

  test("whose time got lost", () => {
    const { lookedAt, ...lost } = of({ receivedAt: late, action: { kind: "contain" } });
    expect(swept(lost).look).toEqual([id()]);
    expect(swept({ ...lost, receivedAt: intime }).look).toEqual([]);
    const again = { kind: "lookAgain", afterSeconds: 30 } as const;
    expect(swept({ ...lost, action: again }).look).toEqual([id()]);
    expect(swept({ ...lost, receivedAt: intime, action: again }).look).toEqual([]);
  });

  test("whose containment failed, which is no find", () => {
    const failed = of({ action: { kind: "hold", because: "containmentFailed" }, followUps: said });
    expect(swept(failed)).toEqual({ ...nothing, look: [id()] });
  });

  test("that is held, once its secret was contained for another", () => {
    const leak = { clientId: "a", fingerprint: "f" };
    const held = of({ ...leak, action: { kind: "hold", because: "hourlyCap" }, followUps: said });
    const other = (more: Partial<AlertCase>) =>
      of(
        { ...leak, action: { kind: "contain" }, containedAt: late, followUps: said, closedAt: now, ...more },
        8,
      );
    expect(swept(held, other({}))).toEqual({ ...nothing, look: [id()] });
    expect(swept(held, other({ fingerprint: "g" }))).toEqual(nothing);
    expect(swept(held, other({ clientId: "b" }))).toEqual(nothing);
    const { containedAt, ...uncontained } = other({ action: { kind: "reportOnly" } });
    expect(swept(held, uncontained)).toEqual(nothing);
    const { clientId, ...unnamed } = held;
    const { fingerprint, ...unprinted } = other({});
    expect(swept(unnamed, unprinted)).toEqual(nothing);
  });
});

describe("a case is reported", () => {
  const dead = { action: { kind: "reportOnly" } } as const;

  test("of which something is left to say", () => {
    expect(swept(of(dead))).toEqual({ ...nothing, report: [id()], finds: 1 });
    expect(swept(of({ ...dead, lookedAt: intime }))).toEqual(nothing);
    expect(swept(of({ ...dead, containedAt: intime }))).toEqual(nothing);
    expect(swept(of({ ...dead, receivedAt: intime }))).toEqual(nothing);
    const { lookedAt, ...lost } = of(dead);
    expect(swept(lost).report).toEqual([id()]);
  });

  test("that only has to be closed", () => {
    expect(swept(of({ ...dead, followUps: said })).report).toEqual([id()]);
    expect(swept(of({ ...dead, followUps: said, closedAt: now }))).toEqual(nothing);
  });

  test("that is held, once a day, which is no find", () => {
    const held = (doneAt: number) =>
      of({
        action: { kind: "hold", because: "hourlyCap" },
        followUps: { siem: done, notify: { failures: 0, doneAt } },
      });
    expect(swept(held(now - day))).toEqual({ ...nothing, report: [id()] });
    expect(swept(held(now - day + 1))).toEqual(nothing);
  });

  test("once, if it is both to be said and to be brought to mind", () => {
    const both = of({
      action: { kind: "hold", because: "hourlyCap" },
      followUps: { notify: { failures: 0, doneAt: now - day } },
    });
    expect(swept(both)).toEqual({ ...nothing, report: [id()], finds: 1 });
  });

  test("not while it is to be looked at", () => {
    const failed = of({ action: { kind: "hold", because: "containmentFailed" } });
    expect(swept(failed)).toEqual({ ...nothing, look: [id()] });
  });
});
