import type { Evidence } from "../../../core/leak/evidence.ts";
import { judgeCandidates } from "../../../core/leak/judgement.ts";

const candidate = (
  clientId: string,
  login: Evidence["login"]["kind"],
  vault: Evidence["vault"] = { kind: "silent" },
  mayBeDeniedByAddress = false,
) => ({
  clientId,
  evidence: {
    client: { kind: "found", state: "active", grantType: "CLIENT-CREDENTIALS" } as const,
    login: login === "failed" ? { kind: login, reason: "503" } : { kind: login },
    vault,
    mayBeDeniedByAddress,
  },
});
const equal = { kind: "equal", stage: "AWSCURRENT" } as const;

/** From the one that is told first to the one that is told last. */
const order = [
  candidate("granted", "granted"),
  candidate("stored", "otherGrant", equal),
  candidate("throttled", "throttled"),
  candidate("denied", "refused", { kind: "silent" }, true),
  candidate("stale", "refused", equal),
  candidate("untried", "untried"),
  candidate("refused", "refused"),
];

test.each(order.map((each, index) => [each.clientId, index] as const))(
  "%s comes before all that tell less",
  (clientId, index) => {
    const rest = order.slice(index);
    expect(judgeCandidates(rest, false).candidate?.clientId).toBe(clientId);
    expect(judgeCandidates([...rest].reverse(), false).candidate?.clientId).toBe(clientId);
  },
);

test("of equals the likeliest is told", () => {
  const others = [candidate("first", "refused"), candidate("second", "refused")];
  expect(judgeCandidates(others, false)).toEqual({
    candidate: others[0],
    verdict: { kind: "dead", because: "loginRefused" },
    storeIsStale: false,
  });
});

test("a stale store is told of the leaked client alone", () => {
  expect(judgeCandidates([candidate("stale", "refused", equal)], false).storeIsStale).toBe(true);
  expect(
    judgeCandidates([candidate("stale", "refused", equal), candidate("a", "granted")], false).storeIsStale,
  ).toBe(false);
});

test("without a candidate there is nothing to kill", () => {
  expect(judgeCandidates([], false)).toEqual({
    verdict: { kind: "dead", because: "noCandidate" },
    storeIsStale: false,
  });
});

describe("where not everything could be read", () => {
  const partial = { kind: "unknown", because: "partial", retry: false };

  test("no candidate proves nothing", () => {
    expect(judgeCandidates([], true)).toEqual({ verdict: partial, storeIsStale: false });
    expect(judgeCandidates([], true, true).verdict).toEqual({ ...partial, retry: true });
  });

  test.each(["untried", "refused"] as const)(
    "a candidate that is %s does not account for the secret",
    (login) => {
      const judged = judgeCandidates([candidate("a", login)], true, true);
      expect(judged).toEqual({ verdict: { ...partial, retry: true }, storeIsStale: false });
    },
  );

  test.each(order.slice(0, 5).map((each) => [each.clientId, each] as const))(
    "the verdict on one that is %s stands",
    (_, each) => {
      expect(judgeCandidates([each], true)).toEqual(judgeCandidates([each], false));
    },
  );
});
