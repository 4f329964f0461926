import type { LeakAction } from "../../../core/leak/action.ts";
import type { AlertCase } from "../../../core/leak/alert-case.ts";
import {
  closedIfDone,
  dueFollowUps,
  followUpDone,
  followUpFailed,
  isAccountedFor,
  isReminderDue,
  isReportDue,
  isUncontained,
  reminded,
} from "../../../core/leak/follow-ups.ts";
import { caseOf } from "./cases.ts";

const now = 1_000;
const day = 86_400_000;
const replace: LeakAction = { kind: "replaceAndContain", credentialId: "crm" };
const held: LeakAction = { kind: "hold", because: "dryRun" };
const all = ["siem", "resolve", "notify"];

/** The case after everything was said that is due. */
const said = (of: AlertCase): AlertCase =>
  dueFollowUps(of).reduce((each, followUp) => followUpDone(each, followUp, now), of);

test.each<[string, Partial<AlertCase>, string[]]>([
  ["nothing of what was not looked at", {}, []],
  ["nothing of what is looked at again", { action: { kind: "lookAgain", afterSeconds: 30 } }, []],
  ["nothing of what is not contained yet", { action: { kind: "contain" } }, []],
  ["nothing of what is not replaced yet", { action: replace }, []],
  ["everything of what is contained", { action: { kind: "contain" }, containedAt: 1 }, all],
  ["everything of what is replaced", { action: replace, containedAt: 1 }, all],
  ["everything of what is dead", { action: { kind: "reportOnly" } }, all],
  ["nothing to the developer of what is held", { action: held }, ["siem", "notify"]],
  ["nothing on GitHub of a decoy", { action: { kind: "alertOnly" } }, ["siem", "notify"]],
])("people are told %s", (_, more, due) => {
  const of = caseOf(more);
  expect(dueFollowUps(of)).toEqual(due);
  expect(isReportDue(of)).toBe(due.length > 0);
  expect(isAccountedFor(of)).toBe(false);
  expect(isAccountedFor(said(of))).toBe(due.length > 0);
  expect(dueFollowUps(said(of))).toEqual([]);
});

test("only what is to be stopped and is not is uncontained", () => {
  expect(isUncontained(caseOf({ action: replace }))).toBe(true);
  expect(isUncontained(caseOf({ action: { kind: "contain" } }))).toBe(true);
  expect(isUncontained(caseOf({ action: replace, containedAt: 1 }))).toBe(false);
  expect(isUncontained(caseOf({ action: held }))).toBe(false);
  expect(isUncontained(caseOf())).toBe(false);
});

describe("a follow-up", () => {
  const of = caseOf({ action: { kind: "reportOnly" } });

  test("that failed holds up no other, and is tried again", () => {
    const once = followUpFailed(of, "siem", "503");
    const twice = followUpFailed(once, "siem", "x".repeat(400));
    expect(once.followUps).toEqual({ siem: { failures: 1, lastError: "503" } });
    expect(twice.followUps).toEqual({ siem: { failures: 2, lastError: "x".repeat(300) } });
    expect(dueFollowUps(followUpDone(twice, "resolve", now))).toEqual(["siem", "notify"]);
  });

  test("that is done stays done", () => {
    const done = followUpDone(followUpFailed(of, "siem", "503"), "siem", now);
    expect(done.followUps).toEqual({ siem: { failures: 1, doneAt: now } });
    expect(followUpDone(done, "siem", now + 1)).toBe(done);
    expect(followUpFailed(done, "siem", "late")).toBe(done);
  });

  test("may be done with a note", () => {
    expect(followUpDone(of, "resolve", now, "y".repeat(400)).followUps).toEqual({
      resolve: { failures: 0, doneAt: now, lastError: "y".repeat(300) },
    });
  });
});

describe("a case", () => {
  test("is closed once everything is done, and once only", () => {
    const done = said(caseOf({ action: { kind: "alertOnly" } }));
    expect(isReportDue(done)).toBe(true);
    const closed = closedIfDone(done, 5);
    expect(closed.closedAt).toBe(5);
    expect(isReportDue(closed)).toBe(false);
    expect(closedIfDone(closed, 6)).toBe(closed);
  });

  test("is not closed before", () => {
    const of = caseOf({ action: { kind: "alertOnly" } });
    expect(closedIfDone(of, 5)).toBe(of);
  });

  test("that is held stays open, and is brought to mind once a day", () => {
    const of = said(caseOf({ action: held }));
    expect(isReportDue(of)).toBe(false);
    expect(closedIfDone(of, 5)).toBe(of);
    expect(isReminderDue(of, now + day - 1)).toBe(false);
    expect(isReminderDue(of, now + day)).toBe(true);
    const again = reminded(of, now + day);
    expect(isReminderDue(again, now + 2 * day - 1)).toBe(false);
    expect(isReminderDue(again, now + 2 * day)).toBe(true);
  });

  test("is brought to mind only if it is held and somebody was told", () => {
    expect(isReminderDue(caseOf({ action: held }), now + day)).toBe(false);
    expect(isReminderDue(said(caseOf({ action: { kind: "alertOnly" } })), now + day)).toBe(false);
    expect(isReminderDue(caseOf(), now + day)).toBe(false);
  });
});
