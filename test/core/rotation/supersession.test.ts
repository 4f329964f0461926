import type { CredentialRecord, Generation } from "../../../core/rotation/credential-record.ts";
import { promote, superseded } from "../../../core/rotation/supersession.ts";
import { now } from "./credentials.ts";

const client = (clientId: string) => ({ clientId, token: `0${clientId}`, madeAt: 1 });
const record = (...generations: Generation[]): CredentialRecord => ({ intents: [], generations });

test("superseded is what is drained from now on, whatever it went through before", () => {
  const gone = { ...client("a"), phase: "inactive", supersededAt: 1, inactiveAt: 2 } as const;
  expect(superseded(gone, now)).toEqual({ ...client("a"), phase: "draining", supersededAt: now });
  expect(superseded({ ...gone, contained: true, tokenLifetimeSeconds: 300 }, now)).toEqual({
    ...client("a"),
    tokenLifetimeSeconds: 300,
    contained: true,
    phase: "draining",
    supersededAt: now,
  });
  expect(superseded(client("a"), now, true)).toMatchObject({ contained: true });
});

describe("promotion", () => {
  test("makes the new generation live and drains the one before", () => {
    const before = record({ ...client("a"), phase: "live" }, { ...client("b"), phase: "pending" });
    expect(promote(before, client("b"), client("a"), now)).toEqual(
      record({ ...client("a"), phase: "draining", supersededAt: now }, { ...client("b"), phase: "live" }),
    );
  });

  test("drains what the ledger did not know to be current", () => {
    expect(promote(record(), client("b"), client("a"), now)).toEqual(
      record({ ...client("a"), phase: "draining", supersededAt: now }, { ...client("b"), phase: "live" }),
    );
  });

  test("drains nothing where nothing of ours was current", () => {
    expect(promote(record(), client("b"), undefined, now)).toEqual(record({ ...client("b"), phase: "live" }));
  });

  test("leaves what is being drained as it is", () => {
    const draining: Generation = { ...client("z"), phase: "draining", supersededAt: 1 };
    expect(promote(record(draining), client("b"), client("a"), now).generations).toContainEqual(draining);
  });

  test("begins the drain anew of one that was still current after all", () => {
    const draining: Generation = { ...client("a"), phase: "draining", supersededAt: 1 };
    expect(promote(record(draining), client("b"), client("a"), now).generations).toEqual([
      { ...client("a"), phase: "draining", supersededAt: now },
      { ...client("b"), phase: "live" },
    ]);
  });

  test("drains a pending one that another rotation left", () => {
    expect(
      promote(record({ ...client("c"), phase: "pending" }), client("b"), undefined, now).generations,
    ).toEqual([
      { ...client("c"), phase: "draining", supersededAt: now },
      { ...client("b"), phase: "live" },
    ]);
  });

  test("a client that stays, as after a reset in place, is superseded by nobody", () => {
    expect(promote(record({ ...client("a"), phase: "live" }), client("a"), client("a"), now)).toEqual(
      record({ ...client("a"), phase: "live" }),
    );
  });

  test("ends an emergency, and contains what leaked", () => {
    const emergency = { reason: "leak", at: 1, contain: true };
    const before = {
      ...record({ ...client("a"), phase: "live" }),
      emergency,
      intents: [{ token: "0b", at: 1 }],
    };
    expect(promote(before, client("b"), client("a"), now)).toEqual(
      record(
        { ...client("a"), contained: true, phase: "draining", supersededAt: now },
        { ...client("b"), phase: "live" },
      ),
    );
    const mild = { ...before, emergency: { ...emergency, contain: false } };
    expect(promote(mild, client("b"), client("a"), now).generations[0]).not.toHaveProperty("contained");
  });
});
