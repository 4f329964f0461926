import {
  type CredentialRecord,
  emptyRecord,
  generationOf,
  knownClient,
  ledgerKey,
  readRecord,
  withGeneration,
  withIntent,
  withoutGeneration,
  withoutIntent,
} from "../../../core/rotation/credential-record.ts";

const client = { clientId: "a", token: "0a", madeAt: 1 };
const whole: CredentialRecord = {
  intents: [{ token: "0c", at: 5 }],
  generations: [
    { ...client, phase: "pending" },
    { ...client, clientId: "b", phase: "live", tokenLifetimeSeconds: 300, contained: false },
    { ...client, clientId: "c", phase: "draining", supersededAt: 2 },
    { ...client, clientId: "d", phase: "observing", supersededAt: 2, look: { at: 3, requests: 0 } },
    { ...client, clientId: "e", phase: "observing", supersededAt: 2, look: { at: 3 } },
    { ...client, clientId: "f", phase: "inactive", supersededAt: 2, inactiveAt: 4, contained: true },
  ],
  emergency: { reason: "leak", at: 6, contain: true },
};

test("a credential's key names it", () => {
  expect(ledgerKey("crm")).toBe("credential#crm");
});

describe("reading a record", () => {
  test("gives back what was written", () => {
    expect(readRecord(JSON.parse(JSON.stringify(whole)))).toEqual({ record: whole, state: "known" });
    expect(readRecord({ intents: [], generations: [] })).toEqual({ record: emptyRecord, state: "known" });
  });

  test("finds none", () => {
    expect(readRecord(undefined)).toEqual({ record: emptyRecord, state: "missing" });
  });

  test.each([null, "text", 7, {}, { intents: [] }, { generations: [] }, { intents: "x", generations: "y" }])(
    "takes %j for an empty one that is damaged",
    (value) => {
      expect(readRecord(value)).toEqual({ record: emptyRecord, state: "damaged" });
    },
  );

  test.each([
    ["no object", "x"],
    ["null", null],
    ["no token", { at: 1 }],
    ["an empty token", { token: "", at: 1 }],
    ["no time", { token: "0c" }],
    ["a time that is none", { token: "0c", at: "1" }],
  ])("leaves an intent out that has %s", (_, intent) => {
    const read = readRecord({ ...whole, intents: [intent, ...whole.intents] });
    expect(read).toEqual({ record: whole, state: "damaged" });
  });

  test.each([
    ["no object", "x"],
    ["no client", { ...client, clientId: undefined, phase: "live" }],
    ["no token", { ...client, token: 7, phase: "live" }],
    ["no time of making", { ...client, madeAt: null, phase: "live" }],
    ["a lifetime that is none", { ...client, phase: "live", tokenLifetimeSeconds: "long" }],
    ["an infinite lifetime", { ...client, phase: "live", tokenLifetimeSeconds: Number.POSITIVE_INFINITY }],
    ["a containment that is none", { ...client, phase: "live", contained: "yes" }],
    ["no phase", client],
    ["an unknown phase", { ...client, phase: "gone" }],
    ["drained since never", { ...client, phase: "draining" }],
    ["been observed since never", { ...client, phase: "observing", look: { at: 1 } }],
    ["been observed without a look", { ...client, phase: "observing", supersededAt: 1 }],
    ["a look without time", { ...client, phase: "observing", supersededAt: 1, look: {} }],
    ["a look at nothing", { ...client, phase: "observing", supersededAt: 1, look: "x" }],
    [
      "an uncountable look",
      { ...client, phase: "observing", supersededAt: 1, look: { at: 1, requests: "x" } },
    ],
    ["been inactive since never", { ...client, phase: "inactive", supersededAt: 1 }],
    ["been inactive and never superseded", { ...client, phase: "inactive", inactiveAt: 1 }],
  ])("leaves a generation out that has %s", (_, generation) => {
    const read = readRecord({ ...whole, generations: [...whole.generations, generation] });
    expect(read).toEqual({ record: whole, state: "damaged" });
  });

  test.each([
    null,
    "now",
    {},
    { reason: "", at: 1, contain: true },
    { reason: "x", contain: true },
    { reason: "x", at: 1 },
  ])("leaves the emergency %j out", (emergency) => {
    const { emergency: _left, ...rest } = whole;
    expect(readRecord({ ...whole, emergency })).toEqual({ record: rest, state: "damaged" });
  });
});

describe("changing a record", () => {
  test("an intent is there once, with its last time", () => {
    const twice = withIntent(withIntent(emptyRecord, { token: "x", at: 1 }), { token: "x", at: 2 });
    expect(twice.intents).toEqual([{ token: "x", at: 2 }]);
    expect(withIntent(twice, { token: "y", at: 3 }).intents).toHaveLength(2);
    expect(withoutIntent(withIntent(twice, { token: "y", at: 3 }), "x").intents).toEqual([
      { token: "y", at: 3 },
    ]);
  });

  test("a client is one generation", () => {
    const made = withGeneration(emptyRecord, { ...client, phase: "pending" });
    const both = withGeneration(made, { ...client, clientId: "b", phase: "pending" });
    const live = withGeneration(both, { ...client, phase: "live" });
    expect(live.generations).toEqual([
      { ...client, clientId: "b", phase: "pending" },
      { ...client, phase: "live" },
    ]);
    expect(generationOf(live, "a")).toEqual({ ...client, phase: "live" });
    expect(generationOf(live, "z")).toBeUndefined();
    expect(withoutGeneration(live, "a").generations).toEqual([
      { ...client, clientId: "b", phase: "pending" },
    ]);
  });

  test("what stays from phase to phase is the client alone", () => {
    expect(whole.generations.map(knownClient)).toStrictEqual([
      client,
      { ...client, clientId: "b", tokenLifetimeSeconds: 300, contained: false },
      { ...client, clientId: "c" },
      { ...client, clientId: "d" },
      { ...client, clientId: "e" },
      { ...client, clientId: "f", contained: true },
    ]);
  });
});
