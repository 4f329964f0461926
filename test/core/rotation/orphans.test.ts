import { judgeOrphan, type OrphanFacts } from "../../../core/rotation/orphans.ts";
import { now, settings } from "./credentials.ts";

const old = now - settings.orphanAgeSeconds * 1000;
const facts: OrphanFacts = {
  client: { clientId: "a", token: "0a", madeAt: old, isLeaving: false },
  isLedgerSound: true,
  deleted: 0,
  settings,
  now,
};

test("what is forgotten, old and within the sweep's number is deleted, unless it is used", () => {
  expect(judgeOrphan(facts)).toEqual({ kind: "delete-unless-used" });
  expect(judgeOrphan({ ...facts, deleted: 4 })).toEqual({ kind: "delete-unless-used" });
});

test.each([
  ["the ledger is not sound", { ...facts, isLedgerSound: false }, "ledger-unsound"],
  ["it is young", { ...facts, client: { ...facts.client, madeAt: old + 1 } }, "young"],
  ["the sweep has deleted enough", { ...facts, deleted: 5 }, "enough-for-one-sweep"],
])("it is only reported where %s", (_, given, why) => {
  expect(judgeOrphan(given)).toEqual({ kind: "report", why });
});
