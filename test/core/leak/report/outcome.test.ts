import type { AlertCase } from "../../../../core/leak/alert-case.ts";
import { outcomeOf } from "../../../../core/leak/report/outcome.ts";
import { judged, outcomes, receivedAt, told } from "./cases.ts";

test.each(outcomes)("%s is told as such", (kind) => {
  expect(outcomeOf(told[kind]).kind).toBe(kind);
});

const stopped = { containedAt: receivedAt, containment: "secretReset" } as const;
const unmanaged = { kind: "unmanaged" } as const;
const hold = (because: "dryRun" | "unknownVerdict") => ({ kind: "hold", because }) as const;
const { action: _action, ...unjudged } = judged;

const cases: [string, AlertCase, object][] = [
  ["nothing is told before it is judged", unjudged, { kind: "undecided" }],
  [
    "nothing is told while it is looked at again",
    { ...judged, action: { kind: "lookAgain", afterSeconds: 30 } },
    { kind: "undecided" },
  ],
  ["nothing is told before a client in use is stopped", judged, { kind: "undecided" }],
  [
    "nothing is told before a client is stopped",
    { ...judged, action: { kind: "contain" } },
    { kind: "undecided" },
  ],
  [
    "a decoy is a decoy, whatever was planned",
    { ...judged, ...stopped, ownership: { kind: "decoy", id: "d" } },
    { kind: "decoy" },
  ],
  ["a hold keeps its reason", { ...judged, action: hold("dryRun") }, { kind: "held", because: "dryRun" }],
  [
    "what a person released and could not be stopped is held still",
    { ...judged, action: hold("unknownVerdict"), release: { decision: "contain", by: "e", at: 1 } },
    { kind: "held", because: "unknownVerdict" },
  ],
  [
    "a declared client's users have no new secret",
    { ...judged, ...stopped, action: { kind: "contain" }, ownership: { kind: "declared", id: "d" } },
    { kind: "containedInUse" },
  ],
  [
    "nobody knows the users of an unmanaged client",
    { ...judged, ...stopped, action: { kind: "contain" }, ownership: unmanaged },
    { kind: "containedInUse" },
  ],
  [
    "the current generation without a successor is in use, although the plan has changed",
    { ...judged, ...stopped, action: { kind: "contain" } },
    { kind: "containedInUse" },
  ],
  [
    "a next generation that nobody uses yet is only stopped",
    {
      ...judged,
      ...stopped,
      action: { kind: "contain" },
      ownership: { kind: "rotated", credentialId: "reports", generation: "pending" },
    },
    { kind: "contained" },
  ],
  [
    "a second alert about what we have stopped tells of that",
    { ...judged, ...stopped, replacedAt: receivedAt, action: { kind: "reportOnly" } },
    { kind: "replaced" },
  ],
  [
    "a dismissed secret that turns out dead is dead",
    { ...told.dead, release: { decision: "dismiss", by: "e", at: 1 } },
    { kind: "dead" },
  ],
  ["a dead client of the organisation is dead", { ...told.dead, ownership: unmanaged }, { kind: "dead" }],
  [
    "no client of the organisation is foreign",
    { ...told.dead, ownership: { kind: "foreign" } },
    { kind: "foreign" },
  ],
  [
    "one that pairs with nothing is foreign, whatever it was taken for",
    { ...told.dead, verdict: { kind: "dead", because: "noCandidate" } },
    { kind: "foreign" },
  ],
  [
    "what was never judged dead is not called so",
    {
      ...judged,
      action: { kind: "reportOnly" },
      verdict: { kind: "unknown", because: "failed", retry: true },
    },
    { kind: "undecided" },
  ],
];

test.each(cases)("%s", (_, found, expected) => {
  expect(outcomeOf(found)).toEqual(expected);
});
