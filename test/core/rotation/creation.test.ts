import { createSettlesSeconds, mayHaveBeenMade, planCreation } from "../../../core/rotation/creation.ts";
import { type CredentialRecord, emptyRecord } from "../../../core/rotation/credential-record.ts";
import { now } from "./credentials.ts";

const token = "0123456789abcdef";
const intended: CredentialRecord = { ...emptyRecord, intents: [{ token, at: now }] };
const made: CredentialRecord = {
  ...emptyRecord,
  generations: [{ clientId: "a", token, madeAt: 1, phase: "pending" }],
};

describe("whether an earlier attempt may have made the client", () => {
  test.each([
    ["a record that says nothing of it: no", { record: emptyRecord, state: "known" }, false],
    ["another rotation's intent: no", { record: intended, state: "known" }, false, "other"],
    ["an intent: yes", { record: intended, state: "known" }, true],
    ["no record: yes", { record: emptyRecord, state: "missing" }, true],
    ["a damaged record: yes", { record: emptyRecord, state: "damaged" }, true],
    ["another rotation's generation: no", { record: made, state: "known" }, false, "other"],
    ["a generation whose secret was lost: yes", { record: made, state: "known" }, true],
  ] as const)("%s", (_, known, expected, asked: string = token) => {
    expect(mayHaveBeenMade(known, asked)).toBe(expected);
  });
});

describe("the plan of a create", () => {
  test("nothing was begun: create", () => {
    expect(planCreation(emptyRecord, token, [], now)).toEqual({ kind: "create" });
  });

  test("the client of an earlier attempt is adopted", () => {
    const client = { clientId: "a", madeAt: 2 };
    expect(planCreation(intended, token, [client], now)).toEqual({ kind: "adopt", client, others: [] });
  });

  test("of several, the oldest is adopted, by its id where they are of one age", () => {
    const [a, b, c] = [
      { clientId: "a", madeAt: 2 },
      { clientId: "b", madeAt: 2 },
      { clientId: "c", madeAt: 1 },
    ];
    expect(planCreation(intended, token, [b, a, c], now)).toEqual({
      kind: "adopt",
      client: c,
      others: [a, b],
    });
    expect(planCreation(intended, token, [b, a], now)).toEqual({ kind: "adopt", client: a, others: [b] });
  });

  test("while an unseen create may still come true, there is no second one", () => {
    const until = now + createSettlesSeconds * 1000;
    expect(planCreation(intended, token, [], now)).toEqual({ kind: "wait", until });
    expect(planCreation(intended, token, [], until - 1)).toEqual({ kind: "wait", until });
    expect(planCreation(intended, token, [], until)).toEqual({ kind: "create" });
  });

  test("another rotation's intent does not hold it up", () => {
    expect(planCreation(intended, "other", [], now)).toEqual({ kind: "create" });
  });
});
