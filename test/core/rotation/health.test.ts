import { type HealthFacts, judgeHealth, overdueAfterSeconds } from "../../../core/rotation/health.ts";
import { credential, now } from "./credentials.ts";

const hour = 3600;
const day = 24 * hour;
const current = (ageSeconds: number) => [
  { versionId: "before", stages: ["AWSPREVIOUS"], createdAt: 1, clientId: "z" },
  { versionId: "now", stages: ["AWSCURRENT"], createdAt: now - ageSeconds * 1000, clientId: "a" },
];
const facts: HealthFacts = {
  credential,
  secret: { rotationEnabled: true },
  versions: current(day),
  current: "serving",
  emergency: undefined,
  now,
};

test("a credential in order has an age and nothing to tell", () => {
  expect(judgeHealth(facts)).toEqual({ ageSeconds: day, reports: [] });
});

test.each([
  [4 * hour, 6 * hour],
  [8 * hour, 10 * hour],
  [12 * hour, 15 * hour],
  [4 * day, 5 * day],
  [90 * day, 91 * day],
])("an interval of %d s is overdue after %d s", (interval, overdue) => {
  expect(overdueAfterSeconds(interval)).toBe(overdue);
});

test.each<[string, Partial<HealthFacts>, string]>([
  ["is gone", { current: "missing" }, "its current client is gone from the platform"],
  ["is stopped", { current: "stopped" }, "its current client is not active on the platform"],
  ["cannot be told", { current: undefined }, "the current version of its secret holds no credential"],
  ["is too old", { versions: current(8 * day + 1) }, "its rotation is overdue"],
  [
    "was to be rotated an hour ago",
    { emergency: { reason: "leak", at: now - hour * 1000, contain: true } },
    "a rotation was asked for and has not happened: leak",
  ],
  [
    "was asked for again an hour ago",
    {
      emergency: {
        reason: "a rotation was asked for and has not happened: leak",
        at: now - hour * 1000,
        contain: true,
      },
    },
    "a rotation was asked for and has not happened: leak",
  ],
])("one whose current client %s is rotated at once", (_, given, rotate) => {
  expect(judgeHealth({ ...facts, ...given })).toMatchObject({ reports: [], rotate });
});

test.each<[string, Partial<HealthFacts>]>([
  ["is as old as may be", { versions: current(8 * day) }],
  ["is being rotated", { emergency: { reason: "leak", at: now - hour * 1000 + 1, contain: true } }],
])("one that %s is left alone", (_, given) => {
  expect(judgeHealth({ ...facts, ...given })).not.toHaveProperty("rotate");
});

test("a client of somebody else's in the secret is reported", () => {
  expect(judgeHealth({ ...facts, current: "foreign" })).toEqual({
    ageSeconds: day,
    reports: [
      "crm: the current version of its secret names a client that is none of its own, so somebody edited it. The next rotation replaces it; that client is left alone.",
    ],
  });
});

test("where rotation is switched off, a person must switch it on", () => {
  expect(judgeHealth({ ...facts, current: "missing", secret: { rotationEnabled: false } })).toEqual({
    ageSeconds: day,
    reports: ["crm: rotation is switched off for its secret. Run `pulumi up` to switch it on again."],
  });
});

test("a secret that is being deleted is for a person, whatever else is wrong", () => {
  const deleted = { rotationEnabled: false, deletedAt: now };
  expect(judgeHealth({ ...facts, current: undefined, secret: deleted })).toEqual({
    ageSeconds: day,
    reports: [
      "crm: its secret is scheduled for deletion. Restore it, or remove the credential from the stack.",
    ],
  });
});

test("a secret without a current version has no age, and is for a person", () => {
  expect(judgeHealth({ ...facts, versions: [], current: undefined })).toEqual({
    ageSeconds: undefined,
    reports: ["crm: its secret has no current version. Run `pulumi up`, which stores one."],
  });
});
