import type { AlertCase } from "../../../core/leak/alert-case.ts";
import { noticeKey, noticeOf, toldWith } from "../../../core/leak/notice.ts";

const of = (change: Partial<AlertCase> = {}, number = 1): AlertCase => ({
  alert: { repository: "acme/reports", number, url: "https://github.com/acme/reports/1" },
  alertedAt: 0,
  receivedAt: 0,
  fingerprint: "f".repeat(64),
  clientId: "c1",
  ownership: { kind: "rotated", credentialId: "crm", generation: "current" },
  verdict: { kind: "live", because: "loginGranted" },
  action: { kind: "hold", because: "backfill" },
  looks: 0,
  followUps: {},
  ...change,
});

test("alerts of one secret in one repository share their notice", () => {
  expect(noticeKey(of({}, 1))).toBe(noticeKey(of({}, 2)));
  const elsewhere = { repository: "acme/crm", number: 1, url: "https://github.com/acme/crm/1" };
  expect(noticeKey(of({ alert: elsewhere }))).not.toBe(noticeKey(of()));
  expect(noticeKey(of({ fingerprint: "0".repeat(64) }))).not.toBe(noticeKey(of()));
});

test("an alert whose secret was never read has none", () => {
  const { fingerprint: _, ...unread } = of();
  expect(noticeKey(unread)).toBeUndefined();
});

test("what was told for another alert is not told again", () => {
  expect(toldWith(noticeOf(of({}, 2)), noticeOf(of({}, 1)))).toBe(1);
});

test.each([
  ["nobody has been told", undefined],
  ["the record is damaged", "x"],
  ["the record is of another kind", {}],
  ["the record names no alert", { alert: 7, said: noticeOf(of()).said }],
  ["the record says nothing", { alert: { repository: "acme/reports", number: 1 } }],
  ["the telling was this alert's own, and broke off", noticeOf(of({}, 2))],
  ["something else was told", noticeOf(of({ action: { kind: "hold", because: "dryRun" } }, 1))],
  ["it was told of another client", noticeOf(of({ clientId: "c2" }, 1))],
  ["it was told on another day", noticeOf(of({}, 1), "2026-11-20")],
])("it is told where %s", (_why, record) => {
  expect(toldWith(noticeOf(of({}, 2)), record)).toBeUndefined();
});
