import fc from "fast-check";
import { proof } from "../../proof.ts";
import type { Oracle } from "./world/oracle.ts";
import { run } from "./world/town.ts";
import type { Mutation } from "./world/worker.ts";

/** Alerts of one world: many enough that they meet each other's traces. */
const alertsPerWorld = 125;

const worlds = fc.tuple(
  fc.integer(),
  fc.noBias(fc.array(fc.integer(), { minLength: 1, maxLength: 2 * alertsPerWorld, size: "max" })),
);

proof(
  "no alert kills a client that did not leak, and no live leak is overlooked",
  { quick: 5_000, full: 1_000_000 },
  (runs, seed) => {
    const sums = { alerts: 0, right: 0, byRule: 0, resumed: 0 };
    for (let round = 0; sums.alerts < runs; round += 1)
      fc.assert(
        fc.property(worlds, ([world, alerts]) => {
          const { faults, kills } = run(world, alerts);
          expect(faults).toEqual([]);
          sums.alerts += alerts.length;
          sums.right += kills.right;
          sums.byRule += kills.byRule;
          sums.resumed += kills.resumed;
        }),
        { seed: seed + round, numRuns: Math.max(1, Math.ceil((runs - sums.alerts) / alertsPerWorld)) },
      );
    // Most kills are of clients whose secret it truly was; each way of getting there is taken.
    expect(sums.right).toBeGreaterThan(20 * (sums.byRule + sums.resumed));
    expect(Math.min(sums.byRule, sums.resumed)).toBeGreaterThan(0);
  },
);

/** What the oracle says of ten worlds in which a rule is broken. */
const broken = (mutation: Mutation): string[] => {
  const faults: Oracle["faults"] = [];
  for (let world = 0; world < 10; world += 1)
    faults.push(
      ...run(
        world,
        Array.from({ length: alertsPerWorld }, (_, index) => world * 7_919_999 + index * 104_729),
        mutation,
      ).faults,
    );
  return [...new Set(faults.map((fault) => fault.slice(0, fault.indexOf(":"))))].sort();
};

const refused = { kind: "refused" } as const;
const granted = { kind: "granted" } as const;

/** The oracle has to find each of these out: a check that cannot fail is none. */
describe("the oracle finds out", () => {
  test("nothing where no rule is broken", () => {
    expect(broken({})).toEqual([]);
  });

  test.each<[string, string, Mutation]>([
    [
      "who takes another secret in the store for proof that this one is dead",
      "missed",
      {
        suspect: ({ evidence, ...suspect }) => ({
          ...suspect,
          evidence:
            evidence.vault.kind === "different"
              ? { ...evidence, login: refused, mayBeDeniedByAddress: false }
              : evidence,
        }),
      },
    ],
    [
      "who takes the store's word against a refused login",
      "wrong kill",
      {
        suspect: ({ evidence, ...suspect }) => ({
          ...suspect,
          evidence: evidence.vault.kind === "equal" ? { ...evidence, login: granted } : evidence,
        }),
      },
    ],
    [
      "who forgets that an address may be denied",
      "missed",
      {
        suspect: ({ evidence, ...suspect }) => ({
          ...suspect,
          evidence: { ...evidence, mayBeDeniedByAddress: false },
        }),
      },
    ],
    [
      "who takes a throttled login for a refused one",
      "missed",
      {
        suspect: ({ evidence, ...suspect }) => ({
          ...suspect,
          evidence: evidence.login.kind === "throttled" ? { ...evidence, login: refused } : evidence,
        }),
      },
    ],
    [
      "who takes what is unknown for live",
      "wrong kill",
      {
        situation: (situation) => ({
          ...situation,
          verdict:
            situation.verdict.kind === "unknown"
              ? { kind: "live", because: "equalsVault" }
              : situation.verdict,
        }),
      },
    ],
    [
      "who forgets what was contained before",
      "wrong kill",
      { situation: (situation) => ({ ...situation, leak: {} }) },
    ],
    [
      "who forgets the hourly cap",
      "hourly cap",
      { situation: (situation) => ({ ...situation, hasRoom: true }) },
    ],
    [
      "who does not know decoys",
      "decoy",
      {
        situation: (situation) =>
          situation.ownership?.kind === "decoy"
            ? {
                ...situation,
                ownership: { kind: "declared", id: "x" },
                verdict: { kind: "live", because: "loginGranted" },
              }
            : situation,
      },
    ],
    [
      "who asks nobody about protected clients",
      "protected",
      {
        situation: ({ ownership, clientId, ...situation }) => ({
          ...situation,
          ...(ownership?.kind === "rotated"
            ? { ownership: { ...ownership, credentialId: "unprotected" } }
            : { ownership: { kind: "declared", id: "x" } }),
        }),
      },
    ],
  ])("%s", (_, what, mutation) => {
    expect(broken(mutation)).toContain(what);
  });
});
