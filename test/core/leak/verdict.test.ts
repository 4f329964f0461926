import type { Evidence } from "../../../core/leak/evidence.ts";
import { isStoreStale, judge } from "../../../core/leak/verdict.ts";

const found = (state: "active" | "disabled" | "inactive" | "unknown") =>
  ({ kind: "found", state, grantType: "CLIENT-CREDENTIALS" }) as const;
const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  client: found("active"),
  login: { kind: "refused" },
  vault: { kind: "silent" },
  mayBeDeniedByAddress: false,
  ...more,
});
const equal = { kind: "equal", stage: "AWSCURRENT" } as const;
const previous = { kind: "equal", stage: "AWSPREVIOUS" } as const;
const absent = { kind: "absent" } as const;
const unread = { kind: "unread", reason: "503" } as const;
const failed = { kind: "failed", reason: "503" } as const;

describe("a secret is live", () => {
  test.each<[string, Partial<Evidence>]>([
    ["", {}],
    ["whatever the store holds", { vault: { kind: "different" } }],
    ["though the client is said to be absent", { client: absent }],
    ["though the client is said to be disabled", { client: found("disabled") }],
    ["though the client could not be read", { client: unread }],
  ])("if the login is granted %s", (_, more) => {
    expect(judge(evidence({ login: { kind: "granted" }, ...more }))).toEqual({
      kind: "live",
      because: "loginGranted",
    });
  });

  test.each<[string, Partial<Evidence>]>([
    ["may be meant for our address", { login: { kind: "refused" }, mayBeDeniedByAddress: true }],
    ["is of another grant", { login: { kind: "otherGrant" } }],
    ["was throttled", { login: { kind: "throttled" } }],
    ["failed", { login: failed }],
    ["was not tried", { login: { kind: "untried" } }],
  ])("if the store holds it of an active client and the login %s", (_, more) => {
    for (const vault of [equal, previous])
      expect(judge(evidence({ vault, ...more }))).toEqual({ kind: "live", because: "equalsVault" });
  });
});

describe("a secret is dead", () => {
  test.each<[string, Partial<Evidence>]>([
    ["", {}],
    ["whatever the store holds", { vault: equal }],
    ["though the client could not be read", { client: unread }],
    ["though the client's state is unknown", { client: found("unknown") }],
  ])("if the login is refused %s", (_, more) => {
    expect(judge(evidence(more))).toEqual({ kind: "dead", because: "loginRefused" });
  });

  test.each(["disabled", "inactive"] as const)("if its client is %s", (state) => {
    for (const login of [{ kind: "refused" }, { kind: "throttled" }] as const)
      expect(judge(evidence({ client: found(state), login, vault: equal }))).toEqual({
        kind: "dead",
        because: "clientStopped",
      });
  });

  test("if there is no such client", () => {
    const dead = { kind: "dead", because: "clientAbsent" };
    expect(judge(evidence({ client: absent, login: { kind: "untried" } }))).toEqual(dead);
    expect(judge(evidence({ client: absent, login: { kind: "throttled" } }))).toEqual(dead);
    expect(judge(evidence({ client: absent, mayBeDeniedByAddress: true, vault: equal }))).toEqual(dead);
  });
});

describe("nobody knows", () => {
  test.each<[Evidence["login"], boolean, string, boolean]>([
    [{ kind: "refused" }, true, "deniedByAddress", false],
    [{ kind: "otherGrant" }, false, "otherGrant", false],
    [{ kind: "throttled" }, false, "throttled", true],
    [failed, false, "failed", true],
    [{ kind: "untried" }, false, "partial", false],
  ])(
    "what a secret is worth that the store does not know, after %j",
    (login, mayBeDeniedByAddress, because, retry) => {
      for (const vault of [{ kind: "silent" }, { kind: "different" }] as const)
        expect(judge(evidence({ login, mayBeDeniedByAddress, vault }))).toEqual({
          kind: "unknown",
          because,
          retry,
        });
    },
  );

  test("what a secret is worth whose client could be neither read nor tried, but a later look may tell", () => {
    expect(judge(evidence({ client: unread, login: { kind: "untried" } }))).toEqual({
      kind: "unknown",
      because: "clientUnread",
      retry: true,
    });
  });

  test.each([
    ["is absent", absent],
    ["could not be read", unread],
    ["is in an unknown state", found("unknown")],
  ])("the worth of a secret of the store whose client %s, but a later look may tell", (_, client) => {
    expect(judge(evidence({ client, login: { kind: "otherGrant" }, vault: equal }))).toEqual({
      kind: "unknown",
      because: "clientUnread",
      retry: true,
    });
    expect(judge(evidence({ client, login: { kind: "throttled" }, vault: equal }))).toEqual({
      kind: "unknown",
      because: "throttled",
      retry: true,
    });
  });
});

test("the store is stale if the platform plainly refuses what it gives out", () => {
  expect(isStoreStale(evidence({ vault: equal }))).toBe(true);
  expect(isStoreStale(evidence({ vault: previous }))).toBe(false);
  expect(isStoreStale(evidence({ vault: { kind: "different" } }))).toBe(false);
  expect(isStoreStale(evidence({ vault: equal, mayBeDeniedByAddress: true }))).toBe(false);
  expect(isStoreStale(evidence({ vault: equal, login: { kind: "throttled" } }))).toBe(false);
});
