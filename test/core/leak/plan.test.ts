import { defaultLeakSettings } from "../../../core/leak/declarations.ts";
import type { Ownership, Verdict } from "../../../core/leak/evidence.ts";
import { lookPauses, plan, type Situation } from "../../../core/leak/plan.ts";

const now = Date.UTC(2026, 10, 2, 9);
const live: Verdict = { kind: "live", because: "loginGranted" };
const stored: Verdict = { kind: "live", because: "equalsVault" };
const dead: Verdict = { kind: "dead", because: "loginRefused" };
const open: Verdict = { kind: "unknown", because: "throttled", retry: true };
const shut: Verdict = { kind: "unknown", because: "otherGrant", retry: false };
const current: Ownership = { kind: "rotated", credentialId: "crm", generation: "current" };
const unmanaged: Ownership = { kind: "unmanaged" };
const rules = (more = {}, protectedIds: string[] = []) => ({
  protectedIds,
  settings: { ...defaultLeakSettings, ...more },
});
const situation = (more: Partial<Situation> = {}): Situation => ({
  verdict: live,
  ownership: current,
  clientId: "a",
  storeIsStale: false,
  now,
  alertedAt: now,
  looks: 0,
  leak: {},
  hasRoom: true,
  ...more,
});
const hold = (because: string) => ({ kind: "hold", because });
const day = 86_400_000;

describe("a live secret", () => {
  test("of the current generation is replaced first", () => {
    const answer = { kind: "replaceAndContain", credentialId: "crm" };
    expect(plan(situation(), rules())).toEqual(answer);
    expect(plan(situation({ verdict: stored }), rules())).toEqual(answer);
  });

  test.each<Ownership>([
    { ...current, generation: "pending" },
    { ...current, generation: "superseded" },
    { kind: "declared", id: "portal" },
  ])("of %j is contained at once", (ownership) => {
    expect(plan(situation({ ownership }), rules())).toEqual({ kind: "contain" });
  });

  test("of nobody knows whom is contained", () => {
    const { ownership, ...rest } = situation();
    expect(plan(rest, rules())).toEqual({ kind: "contain" });
  });
});

describe("a live secret is held", () => {
  test("in a dry run, whoever asks", () => {
    for (const more of [{}, { release: "contain" }] as const)
      expect(plan(situation(more), rules({ mode: "dryRun" }))).toEqual(hold("dryRun"));
  });

  test.each<[Partial<Situation>, string]>([
    [{}, "crm"],
    [{}, "a"],
    [{ ownership: { kind: "declared", id: "portal" } }, "portal"],
    [{ ownership: unmanaged }, "a"],
  ])("of a protected client %j", (more, id) => {
    expect(plan(situation(more), rules({}, ["x", id]))).toEqual(hold("protectedClient"));
    expect(plan(situation({ ...more, release: "contain" }), rules({}, [id]))).not.toEqual(
      hold("protectedClient"),
    );
  });

  test("of no client that is called like none", () => {
    const { clientId, ...rest } = situation();
    expect(plan({ ...rest, ownership: unmanaged }, rules({}, [""]))).toEqual(hold("unmanagedClient"));
  });

  test("from a commit that was old when the alert came", () => {
    const old = { committedAt: now - day - 1, alertedAt: now };
    expect(plan(situation(old), rules())).toEqual(hold("backfill"));
    expect(plan(situation({ ...old, committedAt: now - day }), rules()).kind).toBe("replaceAndContain");
    expect(plan(situation(old), rules({ backfill: "act" })).kind).toBe("replaceAndContain");
    expect(plan(situation({ ...old, release: "contain" }), rules()).kind).toBe("replaceAndContain");
  });

  test("of a client that is not of the stack", () => {
    expect(plan(situation({ ownership: unmanaged }), rules())).toEqual(hold("unmanagedClient"));
    const contain = { kind: "contain" };
    expect(plan(situation({ ownership: unmanaged }), rules({ unmanagedClients: "contain" }))).toEqual(
      contain,
    );
    expect(plan(situation({ ownership: unmanaged, release: "contain" }), rules())).toEqual(contain);
  });

  test("beyond the hourly cap", () => {
    expect(plan(situation({ hasRoom: false }), rules())).toEqual(hold("hourlyCap"));
    expect(plan(situation({ hasRoom: false, release: "contain" }), rules()).kind).toBe("replaceAndContain");
  });
});

describe("a decoy", () => {
  test.each([live, stored, dead, shut])("raises the alarm and nothing else, %j", (verdict) => {
    for (const more of [{}, { release: "contain" }, { release: "dismiss" }] as const)
      expect(plan(situation({ verdict, ownership: { kind: "decoy", id: "d" }, ...more }), rules())).toEqual({
        kind: "alertOnly",
      });
  });
});

test("a decoy that nothing could be read of is looked at again before the alarm, but not for ever", () => {
  const at = (looks: number) =>
    plan(situation({ verdict: open, looks, ownership: { kind: "decoy", id: "d" } }), rules());
  expect(at(0)).toEqual({ kind: "lookAgain", afterSeconds: 30 });
  expect(at(6)).toEqual({ kind: "lookAgain", afterSeconds: 900 });
  expect(at(7)).toEqual({ kind: "alertOnly" });
});

describe("is reported only", () => {
  const reportOnly = { kind: "reportOnly" };

  test("what is dead, whoever asks", () => {
    expect(plan(situation({ verdict: dead }), rules())).toEqual(reportOnly);
    expect(plan(situation({ verdict: dead, release: "contain", storeIsStale: true }), rules())).toEqual(
      reportOnly,
    );
  });

  test("what is foreign", () => {
    expect(plan(situation({ ownership: { kind: "foreign" } }), rules())).toEqual(reportOnly);
  });

  test.each([live, open, shut])("what a person dismissed, %j", (verdict) => {
    expect(plan(situation({ verdict, release: "dismiss" }), rules())).toEqual(reportOnly);
  });

  test.each([stored, open, shut])("what we contained before and no login contradicts, %j", (verdict) => {
    expect(plan(situation({ verdict, leak: { containedAt: now - day } }), rules())).toEqual(reportOnly);
  });
});

describe("what is unknown", () => {
  test("is looked at eight times, ever more seldom, and then held", () => {
    const answers = Array.from({ length: 9 }, (_, looks) =>
      plan(situation({ verdict: open, looks }), rules()),
    );
    expect(answers).toEqual([
      ...[30, 120, 600, 900, 900, 900, 900].map((afterSeconds) => ({ kind: "lookAgain", afterSeconds })),
      hold("unknownVerdict"),
      hold("unknownVerdict"),
    ]);
    expect(lookPauses.toSorted((one, other) => one - other)).toEqual(lookPauses);
  });

  test("for good is held at once, whoever asks", () => {
    expect(plan(situation({ verdict: shut }), rules())).toEqual(hold("unknownVerdict"));
    expect(plan(situation({ verdict: shut, release: "contain" }), rules())).toEqual(hold("unknownVerdict"));
  });
});

describe("after a containment", () => {
  test("a granted login is looked at again before it is believed", () => {
    const at = (containedAt: number) => plan(situation({ leak: { containedAt } }), rules());
    expect(at(now)).toEqual({ kind: "lookAgain", afterSeconds: 60 });
    expect(at(now - 59_999)).toEqual({ kind: "lookAgain", afterSeconds: 60 });
    expect(at(now - 60_000)).toEqual({ kind: "replaceAndContain", credentialId: "crm" });
  });
});

describe("a reset in place that was cut off before the store had the new secret", () => {
  const half = { verdict: dead, storeIsStale: true, leak: { startedAt: now - 1, inPlace: true } };

  test("is done again", () => {
    expect(plan(situation(half), rules())).toEqual({ kind: "replaceAndContain", credentialId: "crm" });
  });

  test("is looked at again where nobody could see what the store has", () => {
    expect(plan(situation({ ...half, storeIsStale: false }), rules())).toEqual({
      kind: "lookAgain",
      afterSeconds: 30,
    });
  });

  test.each<Partial<Situation>>([
    { verdict: { kind: "dead", because: "clientStopped" } },
    { leak: { startedAt: now - 1, inPlace: true, containedAt: now - 1 } },
    { leak: { startedAt: now - 1, inPlace: false } },
    { leak: { startedAt: now - 1 } },
    { leak: { startedAt: now - 1, inPlace: true, replacedAt: now } },
  ])("is another thing than %j", (more) => {
    expect(plan(situation({ ...half, ...more }), rules())).toEqual({ kind: "reportOnly" });
  });
});
