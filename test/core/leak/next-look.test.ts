import type { LeakAction } from "../../../core/leak/action.ts";
import type { AlertCase } from "../../../core/leak/alert-case.ts";
import { needsLook } from "../../../core/leak/next-look.ts";
import type { LookReason } from "../../../core/leak/receipt.ts";
import { caseOf } from "./cases.ts";

const now = 1_000;
const reasons: readonly LookReason[] = [
  "created",
  "reopened",
  "publiclyLeaked",
  "newLocation",
  "lookAgain",
  "sweep",
  "release",
];
const news = ["reopened", "publiclyLeaked", "newLocation"];
const again = (more: Partial<AlertCase> = {}): Partial<AlertCase> => ({
  action: { kind: "lookAgain", afterSeconds: 30 },
  ...more,
});
const held: LeakAction = { kind: "hold", because: "hourlyCap" };

test.each<[string, Partial<AlertCase>, readonly string[]]>([
  ["that nobody has looked at", {}, reasons],
  ["that is to be stopped", { action: { kind: "contain" } }, reasons],
  ["that is looked at again later", again({ lookAgainAt: now + 1 }), [...news, "release"]],
  ["whose time has come", again({ lookAgainAt: now }), reasons],
  ["whose time got lost", again(), reasons],
  ["that is held", { action: held }, [...news, "sweep", "release"]],
  ["that is dead", { action: { kind: "reportOnly" } }, [...news, "release"]],
  ["of a decoy", { action: { kind: "alertOnly" } }, []],
  ["that was stopped", { action: { kind: "contain" }, containedAt: 1 }, []],
  ["that was reported of a stopped one", { action: { kind: "reportOnly" }, containedAt: 1 }, []],
  ["that is held of a stopped one", { action: held, containedAt: 1 }, reasons],
  ["that is looked at again of a stopped one", again({ lookAgainAt: now + 1, containedAt: 1 }), reasons],
])("an alert %s is looked at for good reasons", (_, more, expected) => {
  const taken = reasons.filter((reason) => needsLook(caseOf(more), reason, now));
  expect(taken.toSorted()).toEqual(expected.toSorted());
});
