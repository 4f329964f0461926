import { type AlertCase, alertKey } from "../../../core/leak/alert-case.ts";
import { readCase } from "../../../core/leak/case-record.ts";
import { caseOf } from "./cases.ts";

const fresh = caseOf({ receivedAt: 999, alertedAt: 999 });
const whole: AlertCase = {
  alert: { ...fresh.alert, url: "https://ghe.acme.example/7", patternId: "json" },
  alertedAt: 90,
  receivedAt: 100,
  fingerprint: "f",
  clientId: "a",
  ownership: { kind: "rotated", credentialId: "crm", generation: "current" },
  verdict: { kind: "live", because: "loginGranted" },
  action: { kind: "replaceAndContain", credentialId: "crm" },
  lookedAt: 101,
  lookAgainAt: 131,
  storeIsStale: false,
  replacedAt: 102,
  containedAt: 103,
  containment: "secretReset",
  liveTokensUntil: 104,
  path: "app.env",
  commit: { sha: "c", committedAt: 80, login: "ada", email: "ada@acme.example" },
  release: { decision: "contain", by: "grace", at: 102 },
  remindedAt: 105,
  looks: 2,
  followUps: { siem: { doneAt: 106, failures: 1, lastError: "503" }, notify: { failures: 1 } },
  closedAt: 107,
};
const { closedAt: _closed, ...open } = whole;
const openFields: Partial<AlertCase> = open;

test("an alert's key names it", () => {
  expect(alertKey({ repository: "acme/app", number: 7 })).toBe("alert#acme/app#7");
});

test("what was written is read", () => {
  expect(readCase(JSON.parse(JSON.stringify(whole)), fresh)).toEqual({ case: whole, state: "known" });
  expect(readCase(JSON.parse(JSON.stringify(fresh)), fresh)).toEqual({ case: fresh, state: "known" });
});

test.each(["release", "verdict", "containedAt"])(
  "a damaged case without containment is undecided: %s",
  (name) => {
    const { containedAt, ...uncontained } = whole;
    const read = readCase({ ...uncontained, [name]: "?" }, fresh);
    expect(read.case).not.toHaveProperty("action");
    expect(read.case).not.toHaveProperty("closedAt");
  },
);

test("an alert without a record is a fresh one", () => {
  expect(readCase(undefined, fresh)).toEqual({ case: fresh, state: "missing" });
});

test.each([null, "text", 7, [whole], {}])("%j is a damaged one", (value) => {
  expect(readCase(value, fresh)).toEqual({ case: fresh, state: "damaged" });
});

test.each<[keyof AlertCase, unknown]>([
  ["fingerprint", ""],
  ["clientId", 7],
  ["lookedAt", "1"],
  ["lookAgainAt", -1],
  ["storeIsStale", "no"],
  ["replacedAt", null],
  ["containedAt", Number.NaN],
  ["containment", "deleted"],
  ["liveTokensUntil", "x"],
  ["path", {}],
  ["commit", "c"],
  ["commit", { sha: "c" }],
  ["commit", { committedAt: 1 }],
  ["commit", { sha: "c", committedAt: 1, login: 7 }],
  ["commit", { sha: "c", committedAt: 1, email: "" }],
  ["release", { decision: "delete", by: "grace", at: 1 }],
  ["release", { decision: "contain", at: 1 }],
  ["release", { decision: "contain", by: "grace" }],
  ["remindedAt", "x"],
  ["closedAt", "x"],
  ["ownership", { kind: "rotated", credentialId: "crm" }],
  ["ownership", { kind: "rotated", generation: "current" }],
  ["ownership", { kind: "rotated", credentialId: "crm", generation: "old" }],
  ["ownership", { kind: "declared" }],
  ["ownership", { kind: "declared", id: "portal", secretArn: 7 }],
  ["ownership", { kind: "decoy" }],
  ["ownership", { kind: "unmanaged", owner: 7 }],
  ["ownership", { kind: "mine" }],
  ["verdict", { kind: "live", because: "loginRefused" }],
  ["verdict", { kind: "dead", because: "loginGranted" }],
  ["verdict", { kind: "unknown", because: "throttled" }],
  ["verdict", { kind: "unknown", because: "bored", retry: true }],
  ["verdict", {}],
  ["action", { kind: "replaceAndContain" }],
  ["action", { kind: "hold", because: "mood" }],
  ["action", { kind: "lookAgain" }],
  ["action", { kind: "delete" }],
])("%s is left out if it is %j", (name, value) => {
  const { [name]: _left, ...sound } = openFields;
  const { action, ...undecided }: Partial<AlertCase> = sound;
  const rest = name === "containedAt" ? undecided : sound;
  expect(readCase({ ...whole, [name]: value }, fresh)).toEqual({ case: rest, state: "damaged" });
});

test.each<Partial<AlertCase>>([
  { ownership: { kind: "declared", id: "portal", secretArn: "arn" } },
  { ownership: { kind: "declared", id: "portal" } },
  { ownership: { kind: "decoy", id: "billing" } },
  { ownership: { kind: "unmanaged", owner: "guard:x" } },
  { ownership: { kind: "unmanaged" } },
  { ownership: { kind: "foreign" } },
  { ownership: { kind: "rotated", credentialId: "crm", generation: "pending" } },
  { ownership: { kind: "rotated", credentialId: "crm", generation: "superseded" } },
  { verdict: { kind: "live", because: "equalsVault" } },
  ...(["loginRefused", "clientAbsent", "clientStopped", "noCandidate"] as const).map((because) => ({
    verdict: { kind: "dead", because } as const,
  })),
  ...(["deniedByAddress", "otherGrant", "throttled", "failed", "partial", "clientUnread"] as const).map(
    (because) => ({ verdict: { kind: "unknown", because, retry: false } as const }),
  ),
  { action: { kind: "contain" } },
  { action: { kind: "reportOnly" } },
  { action: { kind: "alertOnly" } },
  { action: { kind: "lookAgain", afterSeconds: 30 } },
  ...(
    [
      "protectedClient",
      "hourlyCap",
      "backfill",
      "dryRun",
      "unmanagedClient",
      "unknownVerdict",
      "containmentFailed",
    ] as const
  ).map((because) => ({ action: { kind: "hold", because } as const })),
  { containment: "disabled" },
  { containment: "replacedInPlace" },
  { release: { decision: "dismiss", by: "grace", at: 1 } },
  { commit: { sha: "c", committedAt: 1 } },
  { followUps: {} },
])("%j is read as it was written", (more) => {
  expect(readCase({ ...whole, ...more }, fresh)).toEqual({ case: { ...whole, ...more }, state: "known" });
});

test.each<[keyof AlertCase, unknown]>([
  ["alertedAt", "x"],
  ["receivedAt", undefined],
  ["looks", 1.5],
  ["alert", undefined],
  ["alert", { ...whole.alert, url: "" }],
  ["alert", { ...whole.alert, patternId: 7 }],
  ["alert", { ...whole.alert, repository: "acme/other" }],
  ["alert", { ...whole.alert, repository: 7 }],
  ["alert", { ...whole.alert, number: 8 }],
])("%s is as if it were heard of for the first time if it is %j", (name, value) => {
  expect(readCase({ ...whole, [name]: value }, fresh)).toEqual({
    case: { ...open, [name]: fresh[name] },
    state: "damaged",
  });
});

test.each<[unknown, AlertCase["followUps"]]>([
  [undefined, {}],
  ["x", {}],
  [{ ...whole.followUps, siem: { doneAt: 1 } }, { notify: { failures: 1 } }],
  [{ ...whole.followUps, siem: { doneAt: "x", failures: 1 } }, { notify: { failures: 1 } }],
  [{ ...whole.followUps, siem: { failures: 1, lastError: 7 } }, { notify: { failures: 1 } }],
  [{ siem: { failures: -1 }, resolve: { failures: 0 }, notify: "x" }, { resolve: { failures: 0 } }],
])("of the follow-ups %j the sound ones are done", (followUps, sound) => {
  expect(readCase({ ...whole, followUps }, fresh)).toEqual({
    case: { ...open, followUps: sound },
    state: "damaged",
  });
});
