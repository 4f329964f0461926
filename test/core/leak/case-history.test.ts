import type { AlertCase } from "../../../core/leak/alert-case.ts";
import {
  contained,
  containmentFailed,
  type Look,
  lookedAt,
  receivedCase,
  released,
  replaced,
  withLeak,
} from "../../../core/leak/case-history.ts";
import { caseOf } from "./cases.ts";

const alert = { repository: "acme/app", number: 7 };
const url = "https://github.com/acme/app/security/secret-scanning/7";
const look = (more: Partial<Look> = {}): Look => ({
  at: 1_000,
  alertedAt: 90,
  url,
  fingerprint: "f",
  clientId: "a",
  ownership: { kind: "rotated", credentialId: "crm", generation: "current" },
  verdict: { kind: "live", because: "loginGranted" },
  storeIsStale: false,
  action: { kind: "replaceAndContain", credentialId: "crm" },
  ...more,
});
const told = { siem: { failures: 0, doneAt: 1 } };
const unanswered = (at: number): Look =>
  look({
    at,
    verdict: { kind: "unknown", because: "throttled", retry: true },
    action: { kind: "lookAgain", afterSeconds: 30 },
  });
const dead = (at: number): Look =>
  look({ at, verdict: { kind: "dead", because: "loginRefused" }, action: { kind: "reportOnly" } });
const held = (at: number, because: "hourlyCap" | "backfill" = "hourlyCap"): Look =>
  look({ at, action: { kind: "hold", because } });
const stop = { at: 2_000, containment: "secretReset", liveTokensUntil: 3_000 } as const;

describe("an alert that is received", () => {
  test("is known by what its webhook said", () => {
    expect(receivedCase(alert, 100)).toEqual({
      alert: { ...alert, url },
      alertedAt: 100,
      receivedAt: 100,
      looks: 0,
      followUps: {},
    });
  });

  test("is known by what GitHub said", () => {
    const known = { url: "https://ghe.acme.example/7", patternId: "json", alertedAt: 90 };
    const of = receivedCase(alert, 100, known);
    expect(of.alert).toEqual({ ...alert, url: known.url, patternId: "json" });
    expect(of.alertedAt).toBe(90);
  });
});

describe("a look", () => {
  test("is noted with all that was found", () => {
    const commit = { sha: "c", committedAt: 80, login: "ada" };
    const of = lookedAt(caseOf(), look({ patternId: "json", path: "app.env", commit }));
    const { at, url: _url, ...found } = look({ path: "app.env", commit });
    expect(of).toEqual({
      ...caseOf(),
      ...found,
      alert: { ...alert, url, patternId: "json" },
      lookedAt: at,
    });
  });

  test("that found less forgets whom an earlier one suspected", () => {
    const { clientId, ownership, ...less } = dead(2_000);
    const of = lookedAt(lookedAt(caseOf(), unanswered(1_000)), less);
    expect(of).not.toHaveProperty("clientId");
    expect(of).not.toHaveProperty("ownership");
    expect(of).not.toHaveProperty("lookAgainAt");
  });

  test("without an answer says when the next one is due, and counts", () => {
    const once = lookedAt(caseOf(), unanswered(1_000));
    expect(once).toMatchObject({ looks: 1, lookAgainAt: 31_000 });
    expect(lookedAt(once, unanswered(1_000))).toEqual(once);
    expect(lookedAt(once, unanswered(2_000))).toMatchObject({ looks: 2, lookAgainAt: 32_000 });
  });

  test("that is noted late changes nothing", () => {
    const of = lookedAt(caseOf(), look());
    expect(lookedAt(of, dead(999))).toBe(of);
    expect(lookedAt(caseOf({ action: { kind: "reportOnly" } }), look()).action).toEqual(look().action);
  });

  test("that comes twice changes nothing", () => {
    for (const each of [look(), dead(1_000), held(1_000), unanswered(1_000)]) {
      const of = lookedAt(caseOf(), each);
      expect(lookedAt(of, each)).toEqual(of);
    }
  });

  test("with news makes void what people were told", () => {
    const before = { ...lookedAt(caseOf(), dead(1_000)), followUps: told, closedAt: 1_500 };
    const same = lookedAt(before, dead(2_000));
    expect(same).toMatchObject({ followUps: told, closedAt: 1_500, lookedAt: 2_000 });
    const news = lookedAt(before, look({ at: 2_000 }));
    expect(news.followUps).toEqual({});
    expect(news).not.toHaveProperty("closedAt");
  });

  test("tells news of a held case if it is held for another reason", () => {
    const before = { ...lookedAt(caseOf(), held(1_000)), followUps: told };
    expect(lookedAt(before, held(2_000)).followUps).toEqual(told);
    expect(lookedAt(before, held(2_000))).not.toHaveProperty("closedAt");
    expect(lookedAt(before, held(2_000, "backfill")).followUps).toEqual({});
    expect(lookedAt({ ...before, action: { kind: "alertOnly" } }, held(2_000)).followUps).toEqual({});
  });
});

describe("a further attempt", () => {
  const first = lookedAt(caseOf(), look());
  const superseded = look({
    at: 2_000,
    ownership: { kind: "rotated", credentialId: "crm", generation: "superseded" },
    action: { kind: "contain" },
    path: "app.env",
  });

  test("keeps the decision, and adds what was not known", () => {
    const again = lookedAt({ ...first, followUps: told }, superseded);
    expect(again).toEqual({
      ...first,
      followUps: told,
      path: "app.env",
      replacedAt: 2_000,
      lookedAt: 2_000,
    });
    expect(lookedAt({ ...first, replacedAt: 1_500 }, superseded).replacedAt).toBe(1_500);
  });

  test.each<[string, AlertCase, Partial<Look>]>([
    ["was current before", first, { ownership: look().ownership as NonNullable<Look["ownership"]> }],
    ["was not to be replaced", { ...first, action: { kind: "contain" } }, {}],
    ["is declared", first, { ownership: { kind: "declared", id: "portal" } }],
  ])("finds no successor where the client %s", (_, of, more) => {
    expect(lookedAt(of, { ...superseded, ...more })).not.toHaveProperty("replacedAt");
  });

  test("finds no successor where nobody is suspected", () => {
    const { ownership, clientId, ...unowned } = superseded;
    expect(lookedAt(first, unowned)).not.toHaveProperty("replacedAt");
  });

  test("that finds the secret dead is news, unless we killed it", () => {
    expect(lookedAt(first, dead(2_000)).action).toEqual({ kind: "reportOnly" });
    const after = lookedAt(contained(first, stop), dead(3_000));
    expect(after).toMatchObject({ action: look().action, verdict: look().verdict, containedAt: 2_000 });
  });

  test("at a secret that was contained for another alert is a look like any other", () => {
    expect(lookedAt(contained(caseOf(), stop), dead(3_000))).toMatchObject({
      action: { kind: "reportOnly" },
      containedAt: 2_000,
    });
  });
});

describe("a containment", () => {
  const first = lookedAt(caseOf(), look());

  test("is noted once, and so is a replacement", () => {
    const done = contained(replaced(first, 1_500), stop);
    expect(done).toEqual({
      ...first,
      replacedAt: 1_500,
      containedAt: 2_000,
      containment: "secretReset",
      liveTokensUntil: 3_000,
    });
    expect(contained(done, { ...stop, at: 9_000 })).toBe(done);
    expect(replaced(done, 9_000)).toEqual(done);
  });

  test("that fails calls a person, once, while it is tried again", () => {
    const failed = containmentFailed({ ...first, followUps: told });
    expect(failed).toEqual({ ...first, action: { kind: "hold", because: "containmentFailed" } });
    const paged = { ...failed, followUps: told };
    const tried = lookedAt(paged, look({ at: 2_000 }));
    expect(tried).toEqual({ ...paged, lookedAt: 2_000 });
    expect(containmentFailed(tried)).toBe(tried);
    expect(contained(tried, stop)).toMatchObject({ action: { kind: "contain" }, followUps: {} });
    expect(containmentFailed(contained(first, stop))).toEqual(contained(first, stop));
  });

  test("that fails is over if the secret is found dead", () => {
    expect(lookedAt(containmentFailed(first), dead(2_000)).action).toEqual({ kind: "reportOnly" });
  });

  test("that was held for another reason and then done keeps what was decided", () => {
    const of = contained(lookedAt(caseOf(), held(1_000)), stop);
    expect(of.action).toEqual(held(1).action);
  });
});

describe("what was done for another alert", () => {
  test.each([
    [{}, {}],
    [{ replacedAt: 5 }, { replacedAt: 5 }],
    [{ containedAt: 6 }, {}],
    [{ containment: "disabled" } as const, {}],
    [
      { replacedAt: 5, containedAt: 6, containment: "disabled", liveTokensUntil: 7 } as const,
      { replacedAt: 5, containedAt: 6, containment: "disabled", liveTokensUntil: 7 },
    ],
    [
      { containedAt: 6, containment: "disabled" } as const,
      { containedAt: 6, containment: "disabled", liveTokensUntil: 6 },
    ],
  ])("as in %j was done for this one", (leak, known) => {
    expect(withLeak(caseOf(), leak)).toEqual({ ...caseOf(), ...known });
  });
});

describe("a person's word", () => {
  const word = { decision: "dismiss", by: "ada", at: 500 } as const;

  test("is noted, the last one counts", () => {
    const of = released(caseOf(), word);
    expect(of.release).toEqual(word);
    expect(released(of, { ...word, decision: "contain", at: 499 })).toBe(of);
    expect(released(of, word)).toEqual(of);
    expect(released(of, { ...word, decision: "contain", at: 501 }).release?.decision).toBe("contain");
  });

  test("comes too late after a containment", () => {
    const of = contained(caseOf(), stop);
    expect(released(of, word)).toBe(of);
  });
});
